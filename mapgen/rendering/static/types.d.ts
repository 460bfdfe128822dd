// Types that several modules share; the page contains none of them.

type Place = import("./data.js").Place;
type Mention = import("./mention.js").Mention;
type Change = import("./changes.js").Change;
type Spot = import("./changes.js").Spot;
type Crowd = import("./crowd.js").Crowd;

/** A part of the text: UTF-16 units. */
interface Span {
  start: number;
  end: number;
}

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
  place: Place | null;
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

/** A window of the world as `ground/lines.py` packed it. */
interface Part {
  /** South, west, north, east. */
  frame: number[];
  /** Steps in a degree. */
  q: number;
  [layer: string]: any;
}

/** Where latitude and longitude 0 lie on the canvas, and a degree in pixels. */
interface View {
  x: number;
  y: number;
  degree: number;
}
