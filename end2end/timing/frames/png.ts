// Reads the pictures that the browser takes of its frames: PNG with 8 bits, RGB or RGBA, not
// interlaced. After the PNG specification (third edition), sections 5, 7.2 and 9.

import { inflateSync } from "node:zlib";

/** A picture in memory. */
export interface Picture {
  width: number;
  height: number;
  /** Bytes of a pixel. */
  depth: number;
  pixels: Uint8Array;
}

const HEADER = 8;
const RGB = 2;
const RGBA = 6;

/** Unpacks a picture. */
export function decode(png: Buffer): Picture {
  const data: Buffer[] = [];
  let [width, height, depth] = [0, 0, 0];
  for (let at = HEADER; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 8, at + 8 + length);
    switch (png.toString("latin1", at + 4, at + 8)) {
      case "IHDR": {
        [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
        const [bits, colour, , , interlaced] = body.subarray(8);
        if (bits !== 8 || (colour !== RGB && colour !== RGBA) || interlaced !== 0) {
          throw new Error("a PNG of another kind than browsers make");
        }
        depth = colour === RGB ? 3 : 4;
        break;
      }
      case "IDAT":
        data.push(body);
        break;
      default:
    }
    // Length, type and checksum are 4 bytes each
    at += length + 12;
  }
  const pixels = unfilter(inflateSync(Buffer.concat(data)), width * depth, height, depth);
  return { width, height, depth, pixels };
}

function unfilter(bytes: Uint8Array, row: number, height: number, depth: number): Uint8Array {
  const out = new Uint8Array(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = bytes[y * (row + 1)] ?? 0;
    const from = y * (row + 1) + 1;
    const to = y * row;
    if (filter === 0) {
      out.set(bytes.subarray(from, from + row), to);
      continue;
    }
    for (let x = 0; x < row; x += 1) {
      const left = x >= depth ? (out[to + x - depth] ?? 0) : 0;
      const up = y > 0 ? (out[to + x - row] ?? 0) : 0;
      const upLeft = x >= depth && y > 0 ? (out[to + x - row - depth] ?? 0) : 0;
      out[to + x] = (bytes[from + x] ?? 0) + predicted(filter, left, up, upLeft);
    }
  }
  return out;
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    default: {
      const all = left + up - upLeft;
      const [a, b, c] = [Math.abs(all - left), Math.abs(all - up), Math.abs(all - upLeft)];
      return a <= b && a <= c ? left : b <= c ? up : upLeft;
    }
  }
}

/** Whether a pixel is dark: the mean of its colours is below half. */
export function isDark({ width, depth, pixels }: Picture, x: number, y: number): boolean {
  const at = (y * width + x) * depth;
  return (pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0) < 3 * 128;
}
