package fingerprint

import (
	"iter"
	"strings"
)

// Split returns the statements of a script, without the semicolons between them and without spaces and comments around them.
// A semicolon in a literal, a comment or the body of a trigger or routine does not end a statement. Split follows the
// DELIMITER lines of MySQL's client and skips the rows after PostgreSQL's COPY … FROM STDIN.
func Split(d Dialect, script string) iter.Seq[string] {
	return func(yield func(string) bool) {
		s := splitter{lexer: lexer{d: d, s: script}, delimiter: ";"}
		for {
			text, ok := s.statement()
			if text != "" && !yield(text) || !ok {
				return
			}
		}
	}
}

// A splitter finds the ends of statements.
type splitter struct {
	lexer
	delimiter string

	// Of the current statement:
	words   int    // words so far
	first   string // the first word, in upper case
	routine bool   // CREATE TRIGGER and the like: the body may hold statements
	blocks  int    // open BEGIN and CASE of the body
	stdin   bool   // COPY … FROM STDIN
}

// statement returns the next statement, which may be empty, and whether another one may follow.
func (s *splitter) statement() (string, bool) {
	s.words, s.first, s.routine, s.blocks, s.stdin = 0, "", false, 0, false
	begin, end := -1, 0
	opened := false // the statement begins within an executable comment
	for {
		hinted := s.hint
		t := s.next()
		if begin >= 0 && hinted && !s.hint && !opened {
			end = s.closed(end) // SELECT 1 /*!50000 FROM t */
		}
		switch {
		case t.kind == tokEOF:
			return s.text(begin, end), false
		case s.ends(t):
			s.pos = t.start + len(s.delimiter)
			if s.stdin {
				s.rows()
			}
			return s.text(begin, end), true
		case begin < 0 && s.d != PostgreSQL && s.d != SQLite && s.delimits(t):
			continue
		}
		if begin < 0 {
			begin, opened = t.start, s.hint
		}
		end = t.end
		s.follow(t)
	}
}

// closed returns the end of the executable comment that is closed after the offset end.
func (s *splitter) closed(end int) int {
	if i := strings.Index(s.s[end:s.pos], "*/"); i >= 0 {
		return end + i + len("*/")
	}
	return end
}

func (s *splitter) text(begin, end int) string {
	if begin < 0 {
		return ""
	}
	return s.s[begin:end]
}

// ends reports whether the token is, or begins, the delimiter of statements.
func (s *splitter) ends(t token) bool {
	if s.delimiter == ";" && s.blocks > 0 {
		return false
	}
	return strings.HasPrefix(s.s[t.start:], s.delimiter)
}

// delimits reads a DELIMITER line of MySQL's client, and reports whether the token begins one.
func (s *splitter) delimits(t token) bool {
	if !strings.EqualFold(s.s[t.start:t.end], "DELIMITER") {
		return false
	}
	line, _, _ := strings.Cut(s.s[t.end:], "\n")
	if d := strings.TrimSpace(line); d != "" {
		s.delimiter = d
	}
	s.pos = t.end + len(line)
	return true
}

// follow records what a token means for the end of its statement.
func (s *splitter) follow(t token) {
	if t.kind != tokWord {
		return
	}
	const longest = len("PROCEDURE") // of the words below
	word := ""
	if t.end-t.start <= longest {
		word = strings.ToUpper(s.s[t.start:t.end])
	}
	if s.words++; s.words == 1 {
		s.first = word
	}
	switch word {
	case "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "PACKAGE":
		s.routine = s.routine || s.first == "CREATE" && s.words <= 8 // after OR REPLACE, DEFINER = x, TEMP
	case "BEGIN", "CASE":
		if s.routine {
			s.blocks++
		}
	case "END":
		if s.blocks > 0 && !s.control() {
			s.blocks--
		}
	case "STDIN":
		s.stdin = s.first == "COPY"
	}
}

// control reports whether END ends a control statement that is no block: END IF, END LOOP. CASE is a block.
func (s *splitter) control() bool {
	ahead := s.lexer
	t := ahead.next()
	switch strings.ToUpper(ahead.s[t.start:min(t.end, t.start+len("REPEAT"))]) {
	case "IF", "LOOP", "WHILE", "REPEAT", "FOR":
		return true
	case "CASE":
		s.pos = t.end // this CASE opens no block
	}
	return false
}

// rows skips the rows of COPY … FROM STDIN, which a line with a backslash and a point ends.
func (s *splitter) rows() {
	rest := s.s[s.pos:]
	if i := strings.Index(rest, "\n\\."); i >= 0 {
		rest = rest[i+len("\n\\."):]
	} else {
		rest = ""
	}
	s.pos = len(s.s) - len(rest)
}
