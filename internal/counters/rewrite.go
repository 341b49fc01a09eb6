package counters

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// pprof is the package whose overlay exports the counters. Importing it links the recorder.
const pprof = "runtime/pprof"

// Version changes when the same file is rewritten otherwise.
const Version = "1"

// A parsed is a Go file of a package.
type parsed struct {
	name string // its absolute path, which positions in it have
	text []byte
	fset *token.FileSet
	tree *ast.File // nil if it cannot be rewritten
	why  string    // the reason
}

// parse parses a file. A file that imports C, one with a syntax error, and one with a mark of its encoding cannot be rewritten.
func parse(name string, text []byte) *parsed {
	f := &parsed{name: name, text: text, fset: token.NewFileSet()}
	tree, err := parser.ParseFile(f.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	switch {
	case err != nil:
		f.why = "it has a syntax error"
	case bytes.HasPrefix(text, []byte("\ufeff")):
		f.why = "it has a mark of its encoding"
	case strings.ContainsAny(name, "\n\r"):
		f.why = "its name has a line break"
	default:
		f.tree = tree
	}
	return f
}

// importsC reports whether cgo rewrites the file as well.
func (f *parsed) importsC() bool {
	return slices.ContainsFunc(f.tree.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` })
}

// Rewrite returns the text of a Go file with counters for its loops, and how many loops have one: 0 if it is returned as it is. name is the
// file's absolute path, which positions in it have.
func Rewrite(name string, text []byte) (rewritten []byte, loops int) {
	f := parse(name, text)
	if f.tree == nil {
		return text, 0
	}
	return f.rewrite(newGraph([]*ast.File{f.tree}))
}

// rewrite is Rewrite for a file of a package.
func (f *parsed) rewrite(g *graph) (rewritten []byte, loops int) {
	if f.importsC() {
		f.why = "it imports C"
		return f.text, 0
	}
	r := &rewriter{
		name: f.name, text: f.text, file: f.fset.File(f.tree.FileStart), graph: g, scope: scope{pure: pureImports(f.tree)},
		prefix: prefix(f.name, f.text), gotos: gotos(f.tree), begin: make(map[line]int),
	}
	for _, d := range f.tree.Decls {
		r.scope.locals = locals(d)
		ast.Inspect(d, r.node)
	}
	// Stacks have lines only, so a loop that begins on the line of another one has no counter.
	r.loops = slices.DeleteFunc(r.loops, func(l *loop) bool { return r.begin[line{l.file, l.first}] > 1 })
	if len(r.loops) == 0 {
		return f.text, 0
	}
	out := r.write(f.tree)
	if _, err := parser.ParseFile(token.NewFileSet(), f.name, out, parser.SkipObjectResolution); err != nil {
		f.why = err.Error()
		return f.text, 0
	}
	return out, len(r.loops)
}

// prefix returns the begin of names that no other code of the package has: each file has its own.
func prefix(name string, text []byte) string {
	sum := sha256.Sum256(append([]byte(name+"\x00"), text...))
	return fmt.Sprintf("_nplusgone_%x", sum[:6])
}

// A rewriter collects the loops of a file.
type rewriter struct {
	name   string
	text   []byte
	file   *token.File
	prefix string
	graph  *graph
	scope  scope           // of the declaration that is looked at
	gotos  map[string]bool // labels that a goto jumps to
	loops  []*loop
	begin  map[line]int // loops that begin on a line
}

// A line is a line as //line comments say.
type line struct {
	file string
	n    int
}

// A loop is a loop that gets a counter.
type loop struct {
	function    *ast.BlockStmt // the body that declares its variable
	at          token.Pos      // of the statement, with its labels
	body        *ast.BlockStmt
	file        string // its position as //line comments say
	first, last int
}

// node is called with each node of the file.
func (r *rewriter) node(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Body == nil || noSplit(n) {
			return false
		}
		r.body(n.Body)
		return false
	case *ast.FuncLit:
		r.body(n.Body)
		return false
	}
	return true
}

// body collects the loops of the function with the given body, and of the function literals in it.
func (r *rewriter) body(function *ast.BlockStmt) {
	var labelled *ast.LabeledStmt // the outermost label of the statement that follows
	ast.Inspect(function, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			r.body(n.Body)
			return false
		case *ast.LabeledStmt:
			if labelled == nil {
				labelled = n
			}
			if _, more := n.Stmt.(*ast.LabeledStmt); !more && !isLoop(n.Stmt) {
				labelled = nil
			}
		case *ast.ForStmt:
			r.loop(function, labelled, n, n.Body, n.Cond, n.Post, n.Body)
			labelled = nil
		case *ast.RangeStmt:
			r.loop(function, labelled, n, n.Body, n.Body)
			labelled = nil
		}
		return true
	})
}

func isLoop(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// loop adds a loop if one of the parts that run in each turn may lead to a statement.
func (r *rewriter) loop(function *ast.BlockStmt, labelled *ast.LabeledStmt, n ast.Stmt, body *ast.BlockStmt, turn ...ast.Node) {
	p := r.file.Position(n.Pos())
	l := &loop{function: function, at: n.Pos(), body: body, file: p.Filename, first: p.Line, last: r.file.Position(n.End()).Line}
	r.begin[line{l.file, l.first}]++
	if !slices.ContainsFunc(turn, r.calls) || l.last < l.first {
		return
	}
	for label := labelled; label != nil; label, _ = label.Stmt.(*ast.LabeledStmt) {
		if r.gotos[label.Label.Name] {
			return // a goto enters it again without counting
		}
	}
	if labelled != nil {
		l.at = labelled.Pos()
	}
	r.loops = append(r.loops, l)
}

// gotos returns the labels that a goto of the file jumps to.
func gotos(tree *ast.File) map[string]bool {
	labels := map[string]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
			labels[b.Label.Name] = true
		}
		return true
	})
	return labels
}

// noSplit reports whether a function must have little on its stack.
func noSplit(f *ast.FuncDecl) bool {
	return f.Doc != nil && slices.ContainsFunc(f.Doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//go:nosplit") || strings.HasPrefix(c.Text, "//go:systemstack")
	})
}

// An insertion is text that comes before a byte of the file.
type insertion struct {
	offset int
	text   string
}

// position returns a comment that gives the byte that follows its original position.
func (r *rewriter) position(offset int) string {
	p := r.file.Position(r.file.Pos(offset))
	if p.Column == 0 { // below a //line comment without a column
		return fmt.Sprintf("/*line %s:%d*/", p.Filename, p.Line)
	}
	return fmt.Sprintf("/*line :%d:%d*/", p.Line, p.Column)
}

// write returns the text with the counters.
func (r *rewriter) write(tree *ast.File) []byte {
	table, count := r.prefix, r.prefix+"n"
	list := []insertion{{r.file.Offset(tree.Name.End()), fmt.Sprintf(";import %s_ %q", r.prefix, pprof)}}
	declared := map[*ast.BlockStmt][]string{}
	var lines strings.Builder
	for i, l := range r.loops {
		name := fmt.Sprintf("%s%d", count, i)
		declared[l.function] = append(declared[l.function], name)
		list = append(list,
			insertion{r.file.Offset(l.at), fmt.Sprintf("%s=%s[%d].Enter();", name, table, i)},
			insertion{r.file.Offset(l.body.Lbrace) + 1, fmt.Sprintf("%s=%s[%d].Turn(%s);", name, table, i, name)})
		file := ""
		if l.file != r.name {
			file = l.file
		}
		fmt.Fprintf(&lines, "%d %d %s\n", l.first, l.last, file)
	}
	for body, names := range declared {
		list = append(list, insertion{r.file.Offset(body.Lbrace) + 1, "var " + strings.Join(names, ",") + " uint64;"})
	}
	// A declaration comes before a loop that begins at the same byte.
	slices.SortFunc(list, func(a, b insertion) int {
		return cmp.Or(cmp.Compare(a.offset, b.offset), -cmp.Compare(a.text[0], b.text[0]))
	})
	var out bytes.Buffer
	fmt.Fprintf(&out, "//line %s:1:1\n", r.name)
	at := 0
	for _, in := range list {
		out.Write(r.text[at:in.offset])
		out.WriteString(in.text)
		at = in.offset
		out.WriteString(r.position(at))
	}
	out.Write(r.text[at:])
	fmt.Fprintf(&out, "\n//line %s:%d\n", r.name, r.file.LineCount())
	fmt.Fprintf(&out, "var %s [%d]%s_.NplusLoop\n", table, len(r.loops), r.prefix)
	fmt.Fprintf(&out, "\n//line %s:%d\n", r.name, r.file.LineCount())
	fmt.Fprintf(&out, "var _ = %s_.NplusLoops(%s[:], %q)\n", r.prefix, table, lines.String())
	return out.Bytes()
}
