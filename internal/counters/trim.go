package counters

import (
	"os"
	"path/filepath"
	"time"
)

// Rewritten folders that no run has used for keep are removed, by a run that comes a day after the last one which did so.
const (
	keep = 7 * 24 * time.Hour
	day  = 24 * time.Hour
)

// used notes that the rewritten folder whose list of files is name is used. Once a day is enough.
func used(name string, now time.Time) {
	if info, err := os.Stat(name); err == nil && now.Sub(info.ModTime()) > day {
		_ = os.Chtimes(name, now, now)
	}
}

// trim removes rewritten folders that are not used any more. An error leaves them for a later run.
func trim(cache string, now time.Time) {
	last := filepath.Join(cache, "trimmed")
	if info, err := os.Stat(last); err == nil && now.Sub(info.ModTime()) < day {
		return
	}
	if os.WriteFile(last, nil, 0o644) != nil || os.Chtimes(last, now, now) != nil {
		return
	}
	lists, err := filepath.Glob(filepath.Join(cache, "??", "*", "files.json"))
	if err != nil {
		return
	}
	for _, list := range lists {
		if info, err := os.Stat(list); err == nil && now.Sub(info.ModTime()) > keep {
			os.RemoveAll(filepath.Dir(list))
		}
	}
}
