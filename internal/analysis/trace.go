package analysis

import (
	"slices"
	"strings"

	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/internal/frame"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// A trace is a stack, symbolised.
type trace struct {
	frames []Frame          // from the caller of database/sql outwards
	user   int              // index of the first frame of the user's own code; -1 when there is none
	site   finding.Position // that frame
	byStmt bool             // a *sql.Stmt ran the statement
	again  bool             // a function of the user's is on the stack twice: the statement recurs
	setUp  bool             // the stack leads through code that prepares a database: migrations, seeds, fixtures
}

func (p *Pass) trace(id stack.ID) *trace {
	if t, ok := p.traces[id]; ok {
		return t
	}
	t := newTrace(id, p.cfg.Source)
	if p.traces == nil {
		p.traces = make(map[stack.ID]*trace, len(p.groups))
	}
	p.traces[id] = t
	return t
}

func newTrace(id stack.ID, source Source) *trace {
	named := names.of(id)
	t := &trace{frames: named.frames, user: named.first, site: named.site, byStmt: named.byStmt, again: named.again, setUp: named.setUp}
	if source == nil || t.user < 0 {
		return t
	}
	for t.user < len(t.frames) && (!named.user[t.user] || source.Generated(t.frames[t.user].Function, t.frames[t.user].File)) {
		t.user++
	}
	if t.user == len(t.frames) {
		t.user = -1
		return t
	}
	t.site = placeOf(t.frames[t.user])
	t.site.Text = source.Line(t.frames[t.user].File, t.frames[t.user].Line)
	return t
}

// CallSite returns where the user's code issued a statement; the zero Position when no code of the user's is on the stack.
func CallSite(id stack.ID, source Source) finding.Position {
	t := newTrace(id, source)
	if t.user < 0 {
		return finding.Position{}
	}
	return t.site
}

// ApplicationFrames returns the frames of a stack from the caller of database/sql outwards; ok is false for set-up code.
func ApplicationFrames(id stack.ID) (frames []Frame, ok bool) {
	t := newTrace(id, nil)
	return t.frames, !t.setUp
}

// plumbing reports whether a function lies between a statement and whoever called database/sql.
func plumbing(function string) bool {
	switch frame.Package(function) {
	case "database/sql", "github.com/ngrok/sqlmw", "github.com/nplusgone/nplusgone/driver", "runtime":
		return true
	}
	return false
}

// place returns where f is, with its line of source where that is at hand.
func (p *Pass) place(f Frame) finding.Position {
	place := placeOf(f)
	place.Text = p.line(f)
	return place
}

func placeOf(f Frame) finding.Position {
	return finding.Position{File: frame.Relative(f.Function, f.File), Line: f.Line, Function: frame.Name(f.Function)}
}

// migrators are packages whose business is the schema.
var migrators = []string{
	"github.com/golang-migrate/migrate", "github.com/pressly/goose", "github.com/rubenv/sql-migrate",
	"gorm.io/gorm/migrator", "gorm.io/driver", "github.com/go-gormigrate", "ariga.io/atlas", "entgo.io/ent/dialect/sql/schema",
	"github.com/amacneil/dbmate", "github.com/jackc/tern", "github.com/uptrace/bun/migrate", "xorm.io/xorm/migrate",
	"github.com/go-testfixtures/testfixtures",
}

// setUpPackages are elements of import paths, and names of files, of code that prepares databases; setUpWords are the
// first words of functions that do.
var (
	setUpPackages = []string{
		"fixture", "fixtures", "testfixtures", "seed", "seeds", "seeder", "migration", "migrations", "migrate",
		"testutil", "testutils", "testhelper", "testhelpers", "testdb", "dbtest", "factory", "factories",
	}
	setUpWords = []string{
		"seed", "teardown", "setupdb", "setupdatabase", "setupschema", "setuptest", "setupsuite", "setupdata",
	}
)

// preparesDatabase reports whether f is set-up: a migration, a seed, a fixture. Set-up writes row by row with good
// reason, once.
func preparesDatabase(f Frame, user bool) bool {
	path := frame.Package(f.Function)
	if !user {
		for _, m := range migrators {
			if strings.HasPrefix(path, m) && !(m == "gorm.io/driver" && !strings.Contains(strings.ToLower(f.Function), "migrat")) {
				return true
			}
		}
		return false
	}
	file := strings.TrimSuffix(f.File[strings.LastIndexAny(f.File, `/\\`)+1:], ".go")
	for _, element := range append(strings.Split(strings.ToLower(path), "/"), strings.ToLower(file)) {
		if slices.Contains(setUpPackages, element) {
			return true
		}
	}
	name := strings.ToLower(frame.Name(f.Function))
	name = name[strings.LastIndexByte(name, '.')+1:]
	name = strings.ReplaceAll(name, "_", "")
	if strings.Contains(name, "migrat") || strings.Contains(name, "fixture") {
		return true
	}
	if name == "setup" {
		return true
	}
	for _, prefix := range [...]string{"", "must", "run", "db", "test", "do"} {
		for _, word := range setUpWords {
			if strings.HasPrefix(name, prefix+word) {
				return true
			}
		}
	}
	return false
}
