package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ReadFile reads the report or run at path as Read does.
func ReadFile(path string) (*Document, error) {
	c := NewCollection()
	defer c.Close()
	if err := c.AddFiles(path); err != nil {
		return nil, err
	}
	return c.Document()
}

// Read reads what Write wrote as "json", and what a RunWriter wrote. The name is what errors call the input. Several
// documents and runs one after the other, as from `cat shard*.json`, are merged into one, and so are findings of one
// identity within a document; Read holds one finding per identity in memory, not the input. Fields that this version does
// not know are ignored.
//
// An error says what is wrong, at which byte, and what to do; the document is then nil. Input without a document, an
// empty file for one, is an error too: a run that found nothing still says what it checked. A run that broke off is none:
// the document's Runs say so.
func Read(r io.Reader, name string) (*Document, error) {
	c := NewCollection()
	defer c.Close()
	if err := c.Add(r, name); err != nil {
		return nil, err
	}
	return c.Document()
}

// openReport opens the file at path and passes over the mark that some editors leave at its beginning.
func openReport(path string) (*os.File, int64, error) {
	file, err := os.Open(path)
	if err != nil {
		var cause *fs.PathError
		if errors.As(err, &cause) {
			err = cause.Err // the path is in our own message
		}
		return nil, 0, fmt.Errorf("report: opening %q: %w", path, err)
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		file.Close()
		return nil, 0, fmt.Errorf("report: %q is a directory: name the report files in it", path)
	}
	mark := make([]byte, len(utf8BOM))
	if n, _ := file.ReadAt(mark, 0); string(mark[:n]) == utf8BOM {
		if _, err := file.Seek(int64(n), io.SeekStart); err == nil {
			return file, int64(n), nil
		}
	}
	return file, 0, nil
}

// skipMark returns r after such a mark.
func skipMark(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(len(utf8BOM)); string(mark) == utf8BOM {
		in.Discard(len(utf8BOM))
	}
	return in
}

const utf8BOM = "\ufeff"
