// Places on the sphere and on the map's square.

const RADIUS_KM = 6371;
const RADIAN = Math.PI / 180;

/**
 * Web Mercator, the whole world between 0 and 1, y downwards.
 * @param {number} lat
 * @param {number} lon
 * @returns {[number, number]}
 */
export function mercator(lat, lon) {
  const sine = Math.sin(Math.max(-85.05, Math.min(85.05, lat)) * RADIAN);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/**
 * Great-circle distance in kilometres.
 * @param {number} lat1
 * @param {number} lon1
 * @param {number} lat2
 * @param {number} lon2
 */
export function distanceKm(lat1, lon1, lat2, lon2) {
  const half =
    Math.sin(((lat2 - lat1) * RADIAN) / 2) ** 2 +
    Math.cos(lat1 * RADIAN) * Math.cos(lat2 * RADIAN) * Math.sin(((lon2 - lon1) * RADIAN) / 2) ** 2;
  return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}

/**
 * The turn of a longitude that lies within 180 degrees of `near`: maps across the antimeridian stay in one piece.
 * @param {number} lon
 * @param {number} near
 */
export const unwrap = (lon, near) => lon + 360 * Math.round((near - lon) / 360);
