package baseline

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Read reads the baseline at path. Entries may be in any order, and there may be several for one identity, as after a merge
// of two branches. If there is no file, the error wraps fs.ErrNotExist.
func Read(path string) (*Baseline, error) {
	file, err := os.Open(path)
	if err != nil {
		var cause *fs.PathError
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return nil, fmt.Errorf("baseline: opening %q: %w", path, err)
	}
	defer file.Close()
	return parse(file, path)
}

func parse(r io.Reader, name string) (*Baseline, error) {
	b := New()
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	hasSchema := false
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(in.Text(), "\ufeff"))
		if line == "" {
			continue
		}
		for _, mark := range [...]string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
			if strings.HasPrefix(line, mark) {
				return nil, fmt.Errorf("baseline: %q has a merge conflict in line %d: keep the entries of both sides", name, n)
			}
		}
		var e struct {
			Entry
			Schema string `json:"schema"`
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return nil, fmt.Errorf("baseline: %q is not a baseline in line %d (%w): an entry is a JSON object on one line", name, n, err)
		}
		switch {
		case e.Schema != "" && e.Schema != Schema:
			return nil, fmt.Errorf("baseline: %q has schema %q and this nplusgone reads %q: update nplusgone, or write it again", name, e.Schema, Schema)
		case e.Schema != "":
			hasSchema = true
		case e.Identity == "" || e.Max < 0:
			return nil, fmt.Errorf("baseline: %q has no identity, or a ceiling below 0, in line %d", name, n)
		default:
			b.enter(e.Entry)
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("baseline: reading %q: %w", name, err)
	}
	if !hasSchema {
		return nil, fmt.Errorf("baseline: %q is not a baseline: its first line is not {\"schema\":%q}; write one with nplusgone baseline write", name, Schema)
	}
	return b, nil
}

// enter adds e. Of two entries for one identity, the one with the higher ceiling is kept.
func (b *Baseline) enter(e Entry) {
	had, ok := b.entries[e.Identity]
	if ok && (had.Max == 0 || e.Max != 0 && e.Max <= had.Max) {
		return
	}
	b.entries[e.Identity] = e
}

// Write replaces the file at path, by renaming a complete one, so that no reader sees a part of it.
func (b *Baseline) Write(path string) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\"schema\":%q}\n", Schema)
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for _, e := range b.Entries() {
		if err := enc.Encode(e); err != nil {
			return fmt.Errorf("baseline: encoding an entry: %w", err)
		}
	}
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".nplusgone-*")
	if err != nil {
		return fmt.Errorf("baseline: writing %q: %w", path, err)
	}
	_, err = file.Write(out.Bytes())
	err = errors.Join(err, file.Chmod(mode), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		os.Remove(file.Name())
		return fmt.Errorf("baseline: writing %q: %w", path, err)
	}
	return nil
}
