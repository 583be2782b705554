// @ts-check
"use strict";
// Premiere counts time in ticks, 254,016,000,000 a second. Ten hours of them no longer fit a double, so they are
// BigInt here and travel as text.

const TICKS = 254016000000n;

/** @typedef {{numerator: number, denominator: number}} Rate frames a second, exact */

/** @param {bigint} a @param {bigint} b @returns {bigint} */
function gcd(a, b) {
  return b === 0n ? a : gcd(b, a % b);
}

/** The exact rate of a sequence, from its ticks a frame: 10594584000 is 24000/1001. @param {bigint} perFrame @returns {Rate} */
function rateOf(perFrame) {
  if (perFrame <= 0n) throw new RangeError(`${perFrame} ticks a frame`);
  const common = gcd(TICKS, perFrame);
  return { numerator: Number(TICKS / common), denominator: Number(perFrame / common) };
}

/** Ticks of so many frames at a rate. @param {number} frames @param {Rate} rate @returns {bigint} */
function ticksOf(frames, rate) {
  return (BigInt(frames) * TICKS * BigInt(rate.denominator)) / BigInt(rate.numerator);
}

/** Whole frames in so many ticks, rounded down. @param {bigint} ticks @param {Rate} rate @returns {number} */
function framesOf(ticks, rate) {
  return Number((ticks * BigInt(rate.numerator)) / (TICKS * BigInt(rate.denominator)));
}

/** @param {Rate} a @param {Rate} b */
function sameRate(a, b) {
  return a.numerator * b.denominator === b.numerator * a.denominator;
}

module.exports = { TICKS, rateOf, ticksOf, framesOf, sameRate };
