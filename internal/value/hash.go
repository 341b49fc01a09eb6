package value

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
	"unsafe"
)

// seed is what all hashes of the process depend on.
var (
	seed   = maphash.MakeSeed()
	intKey = maphash.String(seed, "integer") | 1
	keys   = [3]uint64{maphash.String(seed, "first"), maphash.String(seed, "last"), maphash.String(seed, "length")}
)

// shortText is up to how many bytes a text is hashed here. A longer one takes as long by maphash.
const shortText = 64

// hash returns the hash of bytes. Nearly all cells of a row are short, and the application waits while they are hashed:
// multiplying words of eight bytes and folding the products, as wyhash does, takes half as long as maphash.
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
	// The length comes last, by a product of its own: beside the text it could make up for a difference there.
	return own(fold(length^keys[2], fold(first^keys[0], last^h)))
}

// fold multiplies two words and folds the halves of the product together.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

// bytesOf returns the bytes of a string, which must not be changed.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// textOf returns b as a string, which changes with b: it must not be kept.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
