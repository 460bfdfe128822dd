// Types that several modules share; the page contains none of them.

interface Point {
  x: number;
  y: number;
}

/** Top left corner and size, pixels. */
interface Box extends Point {
  w: number;
  h: number;
}

/** Middle and half a side, pixels. */
interface Square extends Point {
  r: number;
}

/** The sign of a place, or of several (`members`) that are too close to each other. */
interface Sign {
  place: import("./data.js").Place | null;
  members: Sign[];
  /** Leaflet's point. */
  at: any;
  /** Half its size, pixels. */
  r: number;
  /** Its distance from its place, pixels. */
  dx: number;
  dy: number;
  /** Leaflet's marker, made when it is first shown. */
  pin: any;
}
