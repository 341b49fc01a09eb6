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

// A file is a reader of one file.
type file struct {
	r      io.ReaderAt
	stream *rand.ChaCha8
	at     int64
	pid    int
	lost   bool // events were lost
	window []byte
	start  int64 // of the window
}

// open reads the header of a file.
func open(r io.ReaderAt, key Key) (*file, error) {
	var header [headerSize]byte
	if _, err := r.ReadAt(header[:], 0); err != nil || string(header[:len(magic)]) != magic {
		return nil, errFile
	}
	for i := range key {
		key[i] ^= header[16+i]
	}
	return &file{
		r: r, stream: rand.NewChaCha8(key), at: headerSize, start: -1,
		pid: int(binary.NativeEndian.Uint64(header[8:])), lost: header[lostAt] != 0,
	}, nil
}

// next returns the next event; io.EOF at the end. It is valid until the next call.
func (f *file) next() (event []byte, err error) {
	for {
		in := f.at % windowSize
		if err := f.load(f.at - in); err != nil {
			return nil, err
		}
		if in+8 > int64(len(f.window)) {
			return nil, io.EOF
		}
		size := binary.NativeEndian.Uint64(f.window[in:])
		switch {
		case size == 0:
			return nil, io.EOF
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

// load reads the window that begins at start.
func (f *file) load(start int64) error {
	if start == f.start {
		return nil
	}
	if f.window == nil {
		f.window = make([]byte, windowSize)
	}
	f.window = f.window[:windowSize]
	n, err := f.r.ReadAt(f.window, start)
	f.window, f.start = f.window[:n], start
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("replay: reading: %w", err)
	}
	return nil
}
