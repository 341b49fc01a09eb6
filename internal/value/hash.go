package value

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"unsafe"
)

// The random seed of the process's hashes, and keys that are derived from it.
var (
	seed   = maphash.MakeSeed()
	intKey = maphash.String(seed, "integer") | 1
	keys   = [3]uint64{maphash.String(seed, "first"), maphash.String(seed, "last"), maphash.String(seed, "length")}
)

// shortText is the length in bytes of the longest text that hash does not pass to maphash, which is as fast for longer ones.
const shortText = 64

// hash returns the hash of b. Short texts, as nearly all cells of a row are, are hashed as wyhash does it: words of eight
// bytes are multiplied and the products folded, in half the time of maphash.
func hash(b []byte) uint64 {
	if len(b) > shortText {
		return own(maphash.Bytes(seed, b))
	}
	length, h := uint64(len(b)), keys[1]
	for ; len(b) > 16; b = b[16:] {
		h = fold(binary.LittleEndian.Uint64(b)^keys[0], binary.LittleEndian.Uint64(b[8:])^h)
	}
	var first, last uint64
	switch n := len(b); {
	case n >= 8:
		first, last = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:])
	case n >= 4:
		first, last = uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[n-4:]))
	case n > 0:
		first = uint64(b[0])<<16 | uint64(b[n/2])<<8 | uint64(b[n-1])
	}
	// The length has a product of its own: mixed with a word of the text it could cancel a difference of the text.
	return own(fold(length^keys[2], fold(first^keys[0], last^h)))
}

// fold multiplies two words and combines the halves of the product.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// bytesOf returns the bytes of a string. They must not be changed.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// textOf returns b as a string, which changes with b: it must not be kept.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
