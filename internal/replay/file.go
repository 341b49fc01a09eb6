package replay

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
)

// The layout of a file; the recorder has the same constants and describes them.
const (
	magic      = "nplusg1\n"
	headerSize = 64
	lostAt     = 48
	skip       = 1<<64 - 1
	windowSize = 1 << 20
	maxEvent   = 64 << 10
)

// A Key is the key that the files of a run are encrypted with.
type Key [32]byte

// errFile says that a file was not written by the recorder, or not with the key.
var errFile = errors.New("replay: the file is not one of the recorder's")

// A file is a reader of one file, also while the process writes it.
type file struct {
	r      io.ReaderAt
	stream *rand.ChaCha8
	at     int64 // of the next event
	pid    int

	start  int64  // of the window
	window []byte // a copy of the window; events before at are decrypted
	before []byte // an earlier copy of it from at on; see load
	ended  bool   // the latest event of the copy was returned
}

// open reads the header of a file. It returns nil for a file without an event: its header may not be complete, because the recorder
// writes the first event after it.
func open(r io.ReaderAt, key Key) (*file, error) {
	var header [headerSize]byte
	first, err := word(r, headerSize)
	if err != nil {
		return nil, err
	}
	if first == 0 {
		return nil, nil
	}
	if _, err := r.ReadAt(header[:], 0); err != nil || string(header[:len(magic)]) != magic {
		return nil, errFile
	}
	for i := range key {
		key[i] ^= header[16+i]
	}
	return &file{r: r, stream: rand.NewChaCha8(key), at: headerSize, start: -1, pid: int(binary.NativeEndian.Uint64(header[8:]))}, nil
}

// word returns the word of 8 bytes at an offset of a file, and 0 at its end.
func word(r io.ReaderAt, at int64) (uint64, error) {
	var b [8]byte
	switch n, err := r.ReadAt(b[:], at); {
	case n == len(b):
		return binary.NativeEndian.Uint64(b[:]), nil
	case n > 0:
		return 0, errFile
	case err != nil && !errors.Is(err, io.EOF):
		return 0, fmt.Errorf("replay: reading: %w", err)
	}
	return 0, nil
}

// lost reports whether events were lost so far.
func (f *file) lost() bool {
	lost, err := word(f.r, lostAt)
	return err != nil || lost != 0
}

// next returns the next event; io.EOF if there is none yet. It is valid until the next call. A call after io.EOF returns what was
// written since then.
func (f *file) next() (event []byte, err error) {
	for {
		in := f.at % windowSize
		if f.at-in != f.start || f.ended {
			if err := f.load(in); err != nil {
				return nil, err
			}
		}
		if !f.complete(in) {
			f.ended = true
			return nil, io.EOF
		}
		size := binary.NativeEndian.Uint64(f.window[in:])
		switch {
		case size == skip:
			f.at += windowSize - in
			continue
		case size > maxEvent || in+8+int64(size+7)/8*8 > int64(len(f.window)):
			return nil, fmt.Errorf("replay: an event of %d bytes at %d: %w", size, f.at, errFile)
		}
		words := (size + 7) / 8
		event = f.window[in+8 : in+8+int64(words)*8]
		for i := range words {
			b := event[8*i:]
			binary.NativeEndian.PutUint64(b, binary.NativeEndian.Uint64(b)^f.stream.Uint64())
		}
		f.at += 8 + int64(words)*8
		return event[:size], nil
	}
}

// complete reports whether the copy of the window has the whole event at an offset.
func (f *file) complete(in int64) bool {
	return in+8 <= int64(len(f.before)) && binary.NativeEndian.Uint64(f.before[in:]) != 0 && in+8 <= int64(len(f.window))
}

// load copies the rest of the window from the offset in on, twice. While a copy is made, the process may write: the copy of an event may
// have its length and not its text, and a length may be copied in two parts. The recorder writes the length once, after the text. So an
// event whose length, or a part of it, is in the first copy was written before the second copy began, which has it whole.
func (f *file) load(in int64) error {
	f.start, f.ended = f.at-in, false
	if f.window == nil {
		f.window, f.before = make([]byte, windowSize), make([]byte, windowSize)
	}
	f.window, f.before = f.window[:windowSize], f.before[:windowSize]
	if next, err := word(f.r, f.at); err != nil || next == 0 { // nothing to copy
		f.before = f.before[:0]
		return err
	}
	for _, to := range []*[]byte{&f.before, &f.window} {
		n, err := f.r.ReadAt((*to)[in:], f.at)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("replay: reading: %w", err)
		}
		*to = (*to)[:in+int64(n)]
	}
	return nil
}
