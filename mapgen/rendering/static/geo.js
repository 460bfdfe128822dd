// Longitudes on a map that may cross the antimeridian.

/**
 * The turn of a longitude that lies within 180 degrees of `near`: maps across the antimeridian stay in one piece.
 * @param {number} lon
 * @param {number} near
 */
export const unwrap = (lon, near) => lon + 360 * Math.round((near - lon) / 360);
