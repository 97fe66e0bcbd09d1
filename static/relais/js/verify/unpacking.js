// @ts-check
/** Packed bytes, and no more of them than a reader asked for: what comes from outside may unpack to anything. */

/**
 * Return the bytes unpacked; null where they can't be, or are more than `most`.
 * @param {Uint8Array} packed
 * @param {"gzip" | "deflate"} form
 * @param {number} most
 * @returns {Promise<Uint8Array<ArrayBuffer> | null>}
 */
export async function unpacked(packed, form, most) {
  if (!globalThis.DecompressionStream) return null;
  try {
    return await whole(new Blob([new Uint8Array(packed)]).stream().pipeThrough(new DecompressionStream(form)), most);
  } catch {
    return null;
  }
}

/** @param {ReadableStream<Uint8Array>} stream @param {number} most */
async function whole(stream, most) {
  const reader = stream.getReader();
  const pieces = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    pieces.push(new Uint8Array(read.value));
    size += read.value.length;
    if (size > most) {
      await reader.cancel();
      return null;
    }
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
