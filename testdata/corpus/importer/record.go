package importer

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// record is one line of a supplier's file.
type record struct {
	line     int
	sku      string
	supplier string
	name     string
	cents    int64
}

// sample is a file of n lines, whose skus begin with prefix.
func sample(prefix string, n int) io.Reader {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "%s%03d,SUP%c,Part %d,%d\n", prefix, i, 'A'+i*i%9, i, 990+i*13)
	}
	return strings.NewReader(b.String())
}

// records reads lines one after another.
func records(r io.Reader) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		in := csv.NewReader(r)
		for line := 1; ; line++ {
			fields, err := in.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			rec := record{line: line}
			if err == nil {
				rec.sku, rec.supplier, rec.name = fields[0], fields[1], fields[2]
				rec.cents, err = strconv.ParseInt(fields[3], 10, 64)
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// readAll reads the whole file into memory.
func readAll(r io.Reader) ([]record, error) {
	var all []record
	for rec, err := range records(r) {
		if err != nil {
			return nil, err
		}
		all = append(all, rec)
	}
	return all, nil
}

// forEach hands every record to fn and stops at the first error.
func forEach(r io.Reader, fn func(record) error) error {
	for rec, err := range records(r) { // want loop: row-by-row-insert
		if err != nil {
			return err
		}
		if err := fn(rec); err != nil {
			return fmt.Errorf("line %d: %w", rec.line, err)
		}
	}
	return nil
}
