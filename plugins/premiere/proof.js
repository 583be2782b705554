// @ts-check
"use strict";
// Whether who answers at the gateway's address is the gateway: it must know the token that we have not told it yet.
// UXP has no crypto.subtle, so SHA-256 (FIPS 180-4) and HMAC (RFC 2104) are here, over bytes as numbers.

const PRIMES = Array.from({ length: 311 }, (_, n) => n + 2).filter((n) => {
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) return false;
  return true;
});
/** The first 32 bits of the fraction of a root. @param {number} root */
const fraction = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = PRIMES.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)));

/** @param {number} word @param {number} by */
const turn = (word, by) => (word >>> by) | (word << (32 - by));

/** @param {number[]} bytes @returns {number[]} 32 bytes */
function sha256(bytes) {
  const padded = [...bytes, 0x80, ...Array((119 - (bytes.length % 64)) % 64).fill(0)];
  for (let shift = 56; shift >= 0; shift -= 8) padded.push(Math.floor((bytes.length * 8) / 2 ** shift) & 255);
  const hash = [...START];
  for (let at = 0; at < padded.length; at += 64) {
    /** @type {number[]} */
    const words = [];
    for (let i = 0; i < 64; i += 1) words.push(i < 16 ? word(padded, at + 4 * i) : later(words, i));
    let [a, b, c, d, e, f, g, h] = /** @type {[number, number, number, number, number, number, number, number]} */ ([...hash]);
    for (let i = 0; i < 64; i += 1) {
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (ROUNDS[i] ?? 0) + (words[i] ?? 0);
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] = ((hash[i] ?? 0) + value) | 0; });
  }
  return hash.flatMap((value) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
}

/** @param {number[]} bytes @param {number} at */
const word = (bytes, at) => [0, 1, 2, 3].reduce((sum, i) => (sum << 8) | (bytes[at + i] ?? 0), 0);

/** @param {number[]} words @param {number} i */
function later(words, i) {
  const [far, near] = [words[i - 15] ?? 0, words[i - 2] ?? 0];
  const one = turn(far, 7) ^ turn(far, 18) ^ (far >>> 3);
  const two = turn(near, 17) ^ turn(near, 19) ^ (near >>> 10);
  return ((words[i - 16] ?? 0) + one + (words[i - 7] ?? 0) + two) | 0;
}

/** HMAC-SHA256 of ASCII text under an ASCII key of at most 64 letters, in hex. @param {string} key @param {string} text */
function hmac(key, text) {
  const bytes = (/** @type {string} */ ascii) => [...ascii].map((letter) => letter.charCodeAt(0));
  const block = (/** @type {number} */ pad) => Array.from({ length: 64 }, (_, i) => (bytes(key)[i] ?? 0) ^ pad);
  const inner = sha256([...block(0x36), ...bytes(text)]);
  return sha256([...block(0x5c), ...inner]).map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether the gateway's answer proves that it knows the token. @param {string} token @param {string} url @param {string} nonce @param {unknown} proof */
function proves(token, url, nonce, proof) {
  const port = /:(\d+)$/.exec(url)?.[1] ?? "80";
  return proof === hmac(token, `secondunit ${port} ${nonce}`);
}

/** Letters and digits that were not used before. */
function newNonce() {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2, 12).padEnd(10, "0")).join("");
}

module.exports = { hmac, newNonce, proves };
