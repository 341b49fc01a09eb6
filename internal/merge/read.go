package merge

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/nplusgone/nplusgone/report"
)

// ReadFile reads the report or run at path as Read does.
func ReadFile(path string) (*report.Document, error) {
	c := NewCollection()
	defer c.Close()
	if err := c.AddFiles(path); err != nil {
		return nil, err
	}
	return c.Document()
}

// Read reads JSON reports and kept runs. Errors call the input by name. Several documents and runs in a row, as from
// `cat shard*.json`, are merged into one document. Read holds one finding per identity in memory, not the input. Unknown
// fields are ignored.
//
// An error says what is wrong, at which byte, and what to do; the document is nil then. Input without a document or run,
// such as an empty file, is an error: a run that found nothing still says what it checked. An incomplete run is not an
// error: the document's Runs say so.
func Read(r io.Reader, name string) (*report.Document, error) {
	c := NewCollection()
	defer c.Close()
	if err := c.Add(r, name); err != nil {
		return nil, err
	}
	return c.Document()
}

// openReport opens the file at path and skips the byte order mark that some editors write. It returns the offset behind
// the mark.
func openReport(path string) (*os.File, int64, error) {
	file, err := os.Open(path)
	if err != nil {
		var cause *fs.PathError
		if errors.As(err, &cause) {
			err = cause.Err // the message has the path already
		}
		return nil, 0, fmt.Errorf("merge: opening %q: %w", path, err)
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		file.Close()
		return nil, 0, fmt.Errorf("merge: %q is a directory: name the report files in it", path)
	}
	mark := make([]byte, len(byteOrderMark))
	if n, _ := file.ReadAt(mark, 0); string(mark[:n]) == byteOrderMark {
		if _, err := file.Seek(int64(n), io.SeekStart); err == nil {
			return file, int64(n), nil
		}
	}
	return file, 0, nil
}

// skipMark returns r without a byte order mark at its beginning.
func skipMark(r io.Reader) io.Reader {
	in := bufio.NewReader(r)
	if mark, _ := in.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		in.Discard(len(byteOrderMark))
	}
	return in
}

const byteOrderMark = "\ufeff"
