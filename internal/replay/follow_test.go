package replay

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// A growing is a file that a process writes while it is read: each byte that is copied may be one from before or after the next store.
type growing struct {
	now    []byte
	stores []store // to come, in the order of the recorder
	random *rand.Rand
}

// A store is one store of a word.
type store struct {
	at   int
	word uint64
}

// grow returns a growing file that has nothing yet. The recorder writes the header, then the words of an event's text, then its length.
func grow(file []byte, random *rand.Rand) *growing {
	g := &growing{now: make([]byte, len(file)), random: random}
	add := func(at int) { g.stores = append(g.stores, store{at, binary.NativeEndian.Uint64(file[at:])}) }
	for at := 0; at < headerSize; at += 8 {
		add(at)
	}
	for at := headerSize; ; {
		switch size := binary.NativeEndian.Uint64(file[at:]); size {
		case 0:
			return g
		case skip:
			add(at)
			if at = (at/windowSize + 1) * windowSize; at == len(file) {
				return g
			}
		default:
			end := at + 8 + int(size+7)/8*8
			for text := at + 8; text < end; text += 8 {
				add(text)
			}
			add(at)
			at = end
		}
	}
}

// write makes n stores.
func (g *growing) write(n int) {
	for ; n > 0 && len(g.stores) > 0; n-- {
		binary.NativeEndian.PutUint64(g.now[g.stores[0].at:], g.stores[0].word)
		g.stores = g.stores[1:]
	}
}

// ReadAt copies words in the order of the file or against it, byte by byte, and the process writes meanwhile.
func (g *growing) ReadAt(p []byte, at int64) (int, error) {
	n := copy(p, g.now[min(int(at), len(g.now)):])
	backwards, pause := g.random.IntN(2) == 0, 1+g.random.IntN(200)
	for i := range min(n, 4096) { // the process writes near the beginning of what is copied
		if backwards {
			i = min(n, 4096) - 1 - i
		}
		if g.random.IntN(pause) == 0 {
			g.write(g.random.IntN(4))
		}
		p[i] = g.now[int(at)+i]
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Proves that a file which is read while it is written gives exactly the events of the whole file, in their order, and that none is read
// before it is complete: neither the length nor the text of a half copied event counts.
func TestReadWhileWritten(t *testing.T) {
	key := Key{3, 1}
	w := newWriter(key)
	var want [][]byte
	for i := range 400 {
		event := append([]byte{kindText, byte(i)}, bytes.Repeat([]byte{byte(i), 0}, i%190)...)
		if i%100 == 50 { // so that the file has several windows
			event = bytes.Repeat([]byte{kindText, byte(i)}, 30_000)
		}
		for range 1 + i%100/50*3 {
			w.event(event[0], event[1:])
			want = append(want, event)
		}
	}
	whole, _ := io.ReadAll(w.reader())
	if len(whole) < 2*windowSize {
		t.Fatalf("the file has %d bytes, want more than one window", len(whole))
	}
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			g := grow(whole, random)
			var f *file
			n, last := 0, false
			for n < len(want) {
				if f == nil {
					var err error
					if f, err = open(g, key); err != nil {
						t.Fatal(err)
					}
				}
				if f == nil {
					g.write(1)
					continue
				}
				event, err := f.next()
				switch {
				case errors.Is(err, io.EOF) && last:
					t.Fatalf("%d events were read, want %d", n, len(want))
				case errors.Is(err, io.EOF) && len(g.stores) == 0:
					last = true // what the latest copy does not have, the next one has
				case errors.Is(err, io.EOF):
					g.write(random.IntN(500))
				case err != nil:
					t.Fatalf("after %d events: %v", n, err)
				case !bytes.Equal(event, want[n]):
					t.Fatalf("event %d is % .20x, want % .20x", n, event, want[n])
				default:
					n++
				}
			}
			if _, err := f.next(); !errors.Is(err, io.EOF) {
				t.Errorf("after the last event: error %v, want the end", err)
			}
		})
	}
}

// Proves that scopes are passed on as soon as they have ended, also if the rest of the file is not written yet, and that the requests
// which are open at the end are counted.
func TestScopesWhileWritten(t *testing.T) {
	w := newWriter(Key{})
	var marks []int // lengths of the file
	for i := 1; i <= 3; i++ {
		w.scope(i, 0, kindOfRequest, "GET")
		w.exec(i, 1, "SELECT 1")
		if i < 3 {
			w.event(kindEnd, i)
		}
		marks = append(marks, len(w.file))
	}
	whole, _ := io.ReadAll(w.reader())
	file := make([]byte, len(whole))
	scopes := 0
	in := NewReader(bytes.NewReader(file), Key{}, func(s Scope) { scopes++ })
	for i, mark := range marks {
		copy(file, whole[:mark])
		if more, err := in.Read(1000); more || err != nil {
			t.Fatalf("more %v, error %v", more, err)
		}
		if want := min(i+1, 2); scopes != want {
			t.Errorf("after request %d there are %d scopes, want %d", i+1, scopes, want)
		}
	}
	if p := in.End(); p.OpenRequests != 1 || scopes != 3 || p.Statements != 3 {
		t.Errorf("%d open requests, %d scopes and %d statements, want 1, 3 and 3", p.OpenRequests, scopes, p.Statements)
	}
}

// Proves that a limit of events is kept, and that the rest is read later.
func TestReadLimit(t *testing.T) {
	w := newWriter(Key{})
	w.scope(1, 0, kindOfRequest, "GET")
	for i := range 10 {
		w.exec(1, 1, "INSERT INTO logs (id) VALUES (?)", int64(i))
	}
	in := NewReader(w.reader(), Key{}, func(Scope) {})
	calls := 1
	for ; ; calls++ {
		more, err := in.Read(3)
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
	}
	if p := in.End(); p.Statements != 10 || calls < 4 {
		t.Errorf("%d statements were read in %d calls", p.Statements, calls)
	}
}
