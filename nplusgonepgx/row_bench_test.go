package nplusgonepgx

import (
	"context"
	"encoding/binary"
	"testing"

	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/record"
)

// BenchmarkRow measures what a row of four columns costs beyond what pgx does, when it is counted and when it is kept.
func BenchmarkRow(b *testing.B) {
	for _, kept := range []bool{false, true} {
		b.Run(map[bool]string{false: "counted", true: "kept"}[kept], func(b *testing.B) {
			message := func(kind byte, body []byte) []byte {
				return append(binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(body)+4)), body...)
			}
			_, scope := record.Begin(context.Background(), "rows", nil, false, 0)
			defer scope.End()
			c := newConn(&tracer{database: &record.Database{Dialect: fingerprint.PostgreSQL}})
			if kept {
				c.op = &operation{scope: scope, single: &query{sql: "SELECT id, score, name, note FROM items", text: "SELECT id, score, name, note FROM items"}}
			}
			c.stream.Sent(message('Q', []byte("SELECT id, score, name, note FROM items\x00")))
			description, row := []byte{0, 4}, []byte{0, 4}
			for i, oid := range []uint32{20, 23, 25, 25} {
				description = append(description, 'a', 0, 0, 0, 0, 0, 0, 0)
				description = binary.BigEndian.AppendUint32(description, oid)
				description = append(description, 0, 0, 0, 0, 0, 0, 0, 1)
				value := [][]byte{make([]byte, 8), make([]byte, 4), []byte("item 17"), []byte("a description of 17")}[i]
				row = append(binary.BigEndian.AppendUint32(row, uint32(len(value))), value...)
			}
			c.stream.Received(message('T', description))
			one := message('D', row)
			chunk := make([]byte, 0, 100*len(one))
			for range 100 {
				chunk = append(chunk, one...)
			}
			b.ResetTimer()
			for range b.N/100 + 1 {
				c.received(chunk, 0)
			}
		})
	}
}
