// The page's data, parsed once.

import { all, find } from "./dom.js";
import { plainName } from "./fold.js";

/**
 * @typedef {object} Place
 * @property {number} number
 * @property {string} id
 * @property {string} name  for the reader
 * @property {string} [own]  in the gazetteer, where that differs
 * @property {string} kind
 * @property {string} country  ISO 3166-1, or ""
 * @property {string[]} [admin]  divisions, the narrowest first
 * @property {[number, number]} at  latitude, longitude
 * @property {string} source
 * @property {number} [geonameid]
 * @property {number} [population]
 * @property {number} p  probability of the surest mention
 * @property {number} [radius]  of doubt, kilometres
 * @property {Mention[]} mentions
 * @property {boolean} [decided]  by the reader, at least for one mention
 */

/**
 * The name and the key of the text (`document`), the reader's `language`, the texts of the page (`words`) and the
 * names of `kinds`, the footprints beside the markers (`shapes`), journeys as numbers of places (`threads`), layers of
 * `tiles` that the reader may switch on, `towns` of the ground (name, latitude, longitude, 1 for a capital, zoom), its
 * `groundNames` (kind, name, anchors), and the frame of the `scene`, also for a narrow window
 * (`narrowScene`).
 * @type {any}
 */
const raw = JSON.parse(find("#mapgen-data").textContent);
export const { document: origin, language, shapes, threads, tiles, towns, groundNames, scene, narrowScene } = raw;
/** Decisions of a person that the program was given: number of the mention, decision. @type {[number, string][]} */
export const given = raw.given;
/**
 * The limits of gathering markers: they are gathered when they would have to move further than `aside` pixels, from
 * `many` places on when they share a cell of `cell` pixels, and not from `zoom` on. Half the size of a marker lies
 * between the two `radii`; the larger is for the most mentions, at least `usual` above one.
 * @type {{aside: number, cell: number, many: number, radii: [number, number], usual: number, zoom: number}}
 */
export const gathering = raw.gathering;
/** Probability below which a place looks doubtful. @type {number} */
export const doubt = raw.doubt;
/** @type {Record<string, string>} */
export const words = raw.words;
/** @type {Record<string, [string, string]>} */
export const kinds = raw.kinds;

/** The ground, read when it is needed: `windows` of lines, and the `relief` or null. @returns {any} */
export const readGround = () => JSON.parse(find("#mapgen-ground").textContent);

/** @type {Place[]} */
export const places = raw.places;
places.forEach((place, number) => Object.assign(place, { number, mentions: [] }));

/** The position of each column in a mention's row. @type {Record<string, number>} */
const column = Object.fromEntries(
  raw.columns.map((/** @type {string} */ name, /** @type {number} */ index) => [name, index]),
);

/**
 * A mention's row from its values by column.
 * @param {Record<string, any>} values
 * @returns {any[]}
 */
export const mentionRow = (values) => raw.columns.map((/** @type {string} */ name) => values[name]);

/**
 * A name in the text. Rarely used values are read from its row on demand: a long text has many thousands of mentions.
 */
export class Mention {
  /** @param {any[]} row  @param {number} number */
  constructor(row, number) {
    this.row = row;
    this.number = number;
    /** @type {number} */
    this.start = row[column.start];
    /** @type {number} */
    this.end = row[column.end];
    /** @type {Place | null} */
    this.place = places[row[column.place]] || null;
    /** The program's choice. */
    this.first = this.place;
    /** The reader's decision. @type {import("./changes.js").Change | null} */
    this.decided = null;
    this.metonymic = row[column.metonymic] === 1;
  }

  /** Code point in the source. @returns {number} */
  get point() {
    return this.row[column.point];
  }

  /** Whether the reader has marked it. */
  get missed() {
    return this.number >= raw.mentions.length;
  }

  /** @returns {[number, number]} */
  get excerpt() {
    return [this.row[column.excerptStart], this.row[column.excerptEnd]];
  }

  /** Probability that the place is right. @returns {number} */
  get p() {
    return this.decided?.place ? 1 : this.row[column.p];
  }

  /** @returns {string[]} */
  get reasons() {
    return this.decided?.place ? [] : this.row[column.reasons].map((/** @type {number} */ index) => raw.strings[index]);
  }

  /** Places that it may mean instead. @returns {{place: any, p: number}[]} */
  get rivals() {
    const own = this.row[column.rivals].map((/** @type {[number, number]} */ [index, p]) => ({
      place: raw.rivals[index],
      p,
    }));
    if (this.first && this.first !== this.place) own.unshift({ place: this.first, p: this.row[column.p] });
    return own.filter((/** @type {any} */ one) => one.place.id !== this.place?.id);
  }

  /** Where in the source it stands, in words, or "". @returns {string} */
  get address() {
    return raw.strings[this.row[column.address]] ?? "";
  }

  /**
   * Start and end of the words of its relation, and the type.
   * @returns {[number, number, string] | 0}
   */
  get relation() {
    return this.row[column.relation];
  }

  /** @returns {string} */
  get kind() {
    return this.place ? this.place.kind : this.row[column.kind];
  }
}

/** By number. @type {Mention[]} */
export const numbered = raw.mentions.map(
  (/** @type {any[]} */ row, /** @type {number} */ index) => new Mention(row, index),
);
/** In the order of the text. */
export const mentions = [...numbered];
for (const mention of mentions) mention.place?.mentions.push(mention);

/** @type {HTMLElement[]} */
export const blocks = all(".block");
/** Where each begins. @type {number[]} */
export const blockStarts = [];
/** The text: the blocks joined. */
export let source = "";
for (const block of blocks) {
  blockStarts.push(source.length);
  source += block.textContent;
}

/**
 * The name as it is read: one line, without invisible signs.
 * @param {Mention} mention
 * @returns {string}
 */
export const nameOf = (mention) => mention.row[column.name] || plainName(source.slice(mention.start, mention.end));
