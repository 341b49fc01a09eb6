package main

import (
	"fmt"
	"os"
	"path"
	"strings"
)

// An entry of allow.txt: the pattern of a path, a text that the line has, and the reason, with tabs between them.
type entry struct {
	path, text string
	number     int
	used       bool
}

type allowList []*entry

func readAllowed(file string) (allowList, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var list allowList
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != 3 || fields[2] == "" {
			return nil, fmt.Errorf("%s:%d: want PATH, TEXT and REASON with tabs between them", file, i+1)
		}
		list = append(list, &entry{path: fields[0], text: fields[1], number: i + 1})
	}
	return list, nil
}

// has reports whether a line of a file is allowed.
func (l allowList) has(file, line string) bool {
	found := false
	for _, e := range l {
		ok, _ := path.Match(e.path, file)
		if (ok || strings.HasSuffix(e.path, "/") && strings.HasPrefix(file, e.path)) && strings.Contains(line, e.text) {
			e.used, found = true, true
		}
	}
	return found
}

// unused returns a line for each entry that fitted nothing.
func (l allowList) unused() (lines []string) {
	for _, e := range l {
		if !e.used {
			lines = append(lines, fmt.Sprintf(".ci/prose/allow.txt:%d: fits nothing", e.number))
		}
	}
	return lines
}
