// Places on the sphere.

const RADIUS_KM = 6371;
const RADIAN = Math.PI / 180;

/** Great-circle distance in kilometres. @param {number} lat1  @param {number} lon1  @param {number} lat2  @param {number} lon2 */
export function distanceKm(lat1, lon1, lat2, lon2) {
  const half = (/** @type {number} */ turn) => Math.sin((turn * RADIAN) / 2) ** 2;
  const chord = half(lat2 - lat1) + Math.cos(lat1 * RADIAN) * Math.cos(lat2 * RADIAN) * half(lon2 - lon1);
  return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** The turn of a longitude that lies within 180 degrees of `near`: maps across the antimeridian stay in one piece. @param {number} lon  @param {number} near */
export const unwrap = (lon, near) => lon + 360 * Math.round((near - lon) / 360);
