// Package atomicfile writes files that other processes may read at the same time.
package atomicfile

import (
	"fmt"
	"os"
	"path/filepath"
)

// Write makes text the content of the named file. The file has its former content or all of the text at any time: the text is written
// under another name in the same directory, which must exist, and renamed. A file that has the text already is left as it is.
func Write(name, text string) error {
	if had, err := os.ReadFile(name); err == nil && string(had) == text {
		return nil
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), "write-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	_, err = temporary.WriteString(text)
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(temporary.Name(), name)
	}
	if err != nil {
		os.Remove(temporary.Name())
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}
