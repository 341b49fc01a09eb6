package replay

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
)

// A writer writes a file as the recorder does.
type writer struct {
	file    []byte
	stream  *rand.ChaCha8
	texts   map[string]uint64
	stacks  uint64
	results uint64
}

// newWriter begins a file.
func newWriter(key Key) *writer {
	header := make([]byte, headerSize)
	copy(header, magic)
	for i := range key {
		header[16+i] = byte(i * 7)
		key[i] ^= byte(i * 7)
	}
	return &writer{file: header, stream: rand.NewChaCha8(key), texts: make(map[string]uint64)}
}

// reader returns the file.
func (w *writer) reader() *bytes.Reader {
	return bytes.NewReader(append(bytes.Clone(w.file), make([]byte, windowSize-len(w.file)%windowSize)...))
}

// event writes an event of numbers, bytes, and byte slices as they are.
func (w *writer) event(kind byte, fields ...any) {
	event := []byte{kind}
	for _, f := range fields {
		switch f := f.(type) {
		case int:
			event = binary.AppendUvarint(event, uint64(f))
		case uint64:
			event = binary.AppendUvarint(event, f)
		case byte:
			event = append(event, f)
		case []byte:
			event = append(event, f...)
		}
	}
	size := len(event)
	for len(event)%8 != 0 {
		event = append(event, 0)
	}
	if room := windowSize - len(w.file)%windowSize; 8+len(event)+8 > room {
		w.file = binary.NativeEndian.AppendUint64(w.file, skip)
		w.file = append(w.file, make([]byte, room-8)...)
	}
	w.file = binary.NativeEndian.AppendUint64(w.file, uint64(size))
	for i := 0; i < len(event); i += 8 {
		w.file = binary.NativeEndian.AppendUint64(w.file, binary.NativeEndian.Uint64(event[i:])^w.stream.Uint64())
	}
}

// text returns the number of a text, which is written once.
func (w *writer) text(s string) uint64 {
	id, ok := w.texts[s]
	if !ok {
		id = uint64(len(w.texts) + 1)
		w.texts[s] = id
		w.event(kindText, id, []byte(s))
	}
	return id
}

// stack writes a stack of one frame of the recorder and one of the application.
func (w *writer) stack(function string, line int) uint64 {
	recorder, file, name := w.text("internal.Statement"), w.text("/src/app.go"), w.text("example.com/app."+function)
	w.stacks++
	w.event(kindStack, w.stacks, recorder, file, 1, name, file, line)
	return w.stacks
}

// scope begins a scope.
func (w *writer) scope(id, parent int, kind byte, name string) {
	text, stack := w.text(name), w.stack("begin", 1)
	w.event(kindScope, id, parent, kind, text, stack, 1)
}

// exec writes a statement without rows.
func (w *writer) exec(scope, conn int, sql string, args ...int64) {
	w.statement(scope, conn, 0, 0, sql, args)
}

// query writes a statement with rows of one column, id.
func (w *writer) query(scope, conn int, sql string, rows ...int64) {
	w.results++
	result := w.results
	w.statement(scope, conn, result, flagRows, sql, nil)
	w.event(kindColumns, result, w.text("id"))
	for _, n := range rows {
		w.event(kindRow, result, number(n))
	}
	w.event(kindClose, result, len(rows), len(rows), byte(flagDrained), 1)
}

func (w *writer) statement(scope, conn int, result uint64, flags byte, sql string, args []int64) {
	if len(w.texts) == 0 || w.texts["0modernc.org/sqlite "] == 0 {
		driver := w.text("0modernc.org/sqlite ")
		w.event(kindDatabase, 1, driver, driver)
	}
	text, stack := w.text(sql), w.stack("run", 7)
	var values []byte
	for _, n := range args {
		values = append(append(values, 0), number(n)...) // an argument without a name
	}
	w.event(kindStatement, scope, 1, 1, conn, result, text, stack, 1, 1, flags, len(args), values)
}

// number returns a value as the recorder writes it.
func number(n int64) []byte {
	return binary.AppendUvarint([]byte{formInt}, uint64(n)<<1^uint64(n>>63))
}
