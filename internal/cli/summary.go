package cli

import (
	"fmt"
	goversion "go/version"
	"io"
	"runtime"
	"slices"

	"github.com/nplusgone/nplusgone/internal/printable"
)

// A summary collects what the report does not say of the runs of the go command: one for each of several modules.
type summary struct {
	packages int          // whose tests were recorded
	without  int          // of which ran no statement
	clients  []wireClient // whose statements are not seen
	open     int          // requests that had not ended when their program did
	inferred []string     // why loops are inferred
	skipped  []string     // files whose loops have no counter, with the reason
	untyped  []string     // why types could not be read
	comments []string     // that have no effect
}

// add adds what a judge knows when it has analysed its processes.
func (s *summary) add(j *judge, from *setup) {
	for _, ran := range j.recorded {
		s.packages++
		if !ran {
			s.without++
		}
	}
	for _, c := range from.clients {
		if c.unseen() && !slices.Contains(s.clients, c) {
			s.clients = append(s.clients, c)
		}
	}
	if !j.tests {
		s.open += j.open
	}
	if j.ran {
		if from.counted.why != "" {
			s.inferred = append(s.inferred, from.counted.why)
		}
		s.skipped = append(s.skipped, from.counted.skipped...)
	}
	if why := j.finder.Trouble(); why != "" {
		if goversion.Compare(goversion.Lang(runtime.Version()), goversion.Lang(j.version)) < 0 {
			why = fmt.Sprintf("%s is built with %s, which does not read the types of %s. Build it with %s", self(), runtime.Version(), j.version, j.version)
		}
		s.untyped = append(s.untyped, why)
	}
	for _, d := range j.finder.Unused() {
		why := d.Wrong
		if why == "" {
			why = "the finding there is of another rule"
		}
		s.comments = append(s.comments, fmt.Sprintf("%s:%d: this nplusgone:ignore comment has no effect: %s", d.File, d.Line, why))
	}
}

// write writes the summary, one line for each thing.
func (s *summary) write(w io.Writer) {
	if s.without > 0 {
		fmt.Fprintf(w, "nplusgone: %d of %d packages ran no statement of database/sql or pgx in a test\n", s.without, s.packages)
	}
	for _, c := range s.clients {
		fmt.Fprintf(w, "nplusgone: statements of pgx without database/sql are not seen on connections without TLS: %s %s reads its sockets itself. Use v5.4 or later\n", c.Path, c.Version)
	}
	if s.open > 0 {
		what := "1 request"
		if s.open > 1 {
			what = fmt.Sprintf("%d requests", s.open)
		}
		fmt.Fprintf(w, "nplusgone: %s had not ended when the program did: what ran until then is checked\n", what)
	}
	for _, why := range once(s.inferred) {
		fmt.Fprintf(w, "nplusgone: which loop turned is inferred, not measured: %s\n", printable.Line(why))
	}
	if files := once(s.skipped); len(files) > 0 {
		more := ""
		if len(files) > 1 {
			more = fmt.Sprintf(", and in %d more", len(files)-1)
		}
		fmt.Fprintf(w, "nplusgone: which loop turned is inferred, not measured, in %s%s\n", printable.Line(files[0]), more)
	}
	for _, why := range once(s.untyped) {
		fmt.Fprintf(w, "nplusgone: some packages could not be type-checked, so rules about the use of rows did not run there: %s\n", printable.Line(why))
	}
	for _, comment := range once(s.comments) {
		fmt.Fprintf(w, "nplusgone: %s\n", printable.Line(comment))
	}
}

// once returns the texts of a list, each once.
func once(list []string) []string { return slices.Compact(slices.Sorted(slices.Values(list))) }
