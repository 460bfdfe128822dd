// Numbers in their range, and longitudes on a map that may cross the antimeridian.

/**
 * The turn of a longitude that lies within 180 degrees of `near`: maps across the antimeridian stay in one piece.
 * @param {number} lon
 * @param {number} near
 */
export const unwrap = (lon, near) => lon + 360 * Math.round((near - lon) / 360);

/** The nearest number between two. @param {number} value  @param {number} low  @param {number} high */
export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
