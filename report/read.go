package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// ReadFile reads the report at path as Read does.
func ReadFile(path string) (*Document, error) {
	file, err := os.Open(path)
	if err != nil {
		var cause *fs.PathError
		if errors.As(err, &cause) {
			err = cause.Err // the path is in our own message
		}
		return nil, fmt.Errorf("report: opening %q: %w", path, err)
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.IsDir() {
		return nil, fmt.Errorf("report: %q is a directory: name the report files in it", path)
	}
	return Read(file, path)
}

// Read reads what Write wrote as "json". The name is what errors call the input. Several documents one after the other,
// as from `cat shard*.json`, are merged into one, and so are findings of one identity within a document; Read holds one
// finding per identity in memory, not the input. Fields that this version does not know are ignored.
//
// An error says what is wrong, at which byte, and what to do; the document is then nil. Input without a document, an
// empty file for one, is an error too: a run that found nothing still says what it checked.
func Read(r io.Reader, name string) (*Document, error) {
	in := bufio.NewReader(r)
	if bom, _ := in.Peek(len(utf8BOM)); string(bom) == utf8BOM { // as some editors leave it
		in.Discard(len(utf8BOM))
	}
	d := newDecoder(in, name)
	for {
		more, err := d.document()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
	}
	if d.documents == 0 {
		return nil, fmt.Errorf("report: %q is empty: the run that should have written it did not finish, so run it again", name)
	}
	return d.merged.result(), nil
}

const utf8BOM = "\ufeff"
