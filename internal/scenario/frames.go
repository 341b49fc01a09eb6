package scenario

import (
	"fmt"
	"path"
	"runtime"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/internal/frame"
)

// module is the path of the module that the scenarios' code belongs to.
const module = "example.com/shop"

// parseStack reads frames as "store.go:18 Comments < handler.go:18 ListPosts".
func parseStack(text string) ([]runtime.Frame, error) {
	var frames []runtime.Frame
	for call := range strings.SplitSeq(text, "<") {
		at, name, ok := strings.Cut(strings.TrimSpace(call), " ")
		file, line, err := parsePlace(at)
		if err != nil {
			return nil, err
		}
		if !ok || strings.Contains(name, " ") {
			return nil, fmt.Errorf("want a call as FILE:LINE FUNCTION, not %q", strings.TrimSpace(call))
		}
		frames = append(frames, runtime.Frame{Function: function(file, name), File: file, Line: line})
	}
	return frames, nil
}

// function returns the full name of a function in file: of a library where the file's folder is an import path of one,
// else of the scenarios' module.
func function(file, name string) string {
	folder := path.Dir(file)
	library := withoutVersion(folder)
	if folder != "." && !frame.User(library+"."+name, file) {
		return library + "." + name
	}
	return path.Join(module, folder) + "." + name
}

// withoutVersion returns the import path of a folder in the module cache: gorm.io/gorm@v1.25.0/logger is gorm.io/gorm/logger.
func withoutVersion(folder string) string {
	before, after, ok := strings.Cut(folder, "@")
	if !ok {
		return folder
	}
	_, below, _ := strings.Cut(after, "/")
	return path.Join(before, below)
}

// parsePlace reads FILE:LINE.
func parsePlace(text string) (file string, line int, err error) {
	file, number, ok := strings.Cut(text, ":")
	line, err = strconv.Atoi(number)
	if !ok || file == "" || err != nil || line < 1 {
		return "", 0, fmt.Errorf("want a place as FILE:LINE, not %q", text)
	}
	return file, line, nil
}
