package record

import (
	"testing"
	"time"
)

// Proves that a Cell is what Row makes of the same value.
func TestCellsAreThoseOfRow(t *testing.T) {
	at := time.Date(2024, 5, 6, 7, 8, 9, 123456000, time.UTC)
	u := [16]byte{0x8b, 0x1c, 0x3f, 0x8e, 0x7d, 0x7a, 0x4a, 0x53, 0x9d, 0x0e, 0x0c, 0x6a, 0x0f, 0x9f, 0x2d, 0x11}
	for _, tc := range []struct {
		value any
		cell  Cell
	}{
		{nil, NullCell()},
		{int64(42), IntCell(42)},
		{int64(1 << 50), IntCell(1 << 50)},
		{1.5, FloatCell(1.5)},
		{true, BoolCell(true)},
		{"a text", TextCell([]byte("a text"))},
		{"8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11", TextCell([]byte("8b1c3f8e-7d7a-4a53-9d0e-0c6a0f9f2d11"))},
		{u, UUIDCell(&u)},
		{at, TimeCell(at)},
		{struct{}{}, UnreadCell()},
	} {
		if got := read(tc.value); got != tc.cell.cell {
			t.Errorf("%v: Row makes %+v, the cell is %+v", tc.value, got, tc.cell.cell)
		}
	}
	if a, b := OpaqueCell(600, []byte("ab")), OpaqueCell(601, []byte("ab")); a == b || a == TextCell([]byte("ab")) || !a.hashed || a.key {
		t.Error("an opaque value is equal to another value")
	}
}
