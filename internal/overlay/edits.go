package overlay

import (
	"fmt"
	"slices"
	"strings"
)

// An edit replaces each occurrence of a text in a file of the standard library. The new text has as many lines as the old one, so that
// line numbers in stacks are those of the original.
type edit struct {
	file     string // below GOROOT/src
	old, new string
	count    int    // how often old has to occur; 0 means once
	since    string // the Go version that has the text; empty if all have it
	part     Part   // it is made only if this part of the overlay is; empty for always
}

// edits are the changes of the standard library.
var edits = []edit{
	// The scope of a test begins before its function, and ends before the test is reported as complete.
	{file: "testing/testing.go", old: "func tRunner(t *T, fn func(t *T)) {\n", new: "func tRunner(t *T, fn func(t *T)) { var nplus nplusScope\n"},
	{file: "testing/testing.go", old: "\n\tfn(t)\n", new: "\n\tnplus = nplusBegin(t.name); fn(t)\n"},
	{file: "testing/testing.go", old: "\t\t\tt.signal <- signal\n", new: "\t\t\tnplus.End(); t.signal <- signal\n"},
	{file: "testing/testing.go", old: "\tm.numRun++\n", new: "\tm.numRun++; nplusTests(m.deps.ImportPath())\n"},
	{file: "testing/testing.go", old: "\t\tcode = m.exitCode\n", new: "\t\tcode = m.exitCode; nplusTestsEnd(code)\n"},
	{file: "testing/fuzz.go", old: "func fRunner(f *F, fn func(*F)) {\n", new: "func fRunner(f *F, fn func(*F)) { var nplus nplusScope\n"},
	{file: "testing/fuzz.go", old: "\n\tfn(f)\n", new: "\n\tnplus = nplusBegin(f.name); fn(f)\n"},
	{file: "testing/fuzz.go", old: "\t\t\t\tf.signal <- true\n", new: "\t\t\t\tnplus.End(); f.signal <- true\n"},
	{file: "testing/benchmark.go", old: "\tb.benchFunc(b)\n", new: "\tfunc() { defer nplusBegin(b.name).End(); b.benchFunc(b) }()\n"},
	{file: "testing/run_example.go", old: "\teg.F()\n", new: "\tfunc() { defer nplusBegin(eg.Name).End(); eg.F() }()\n"},

	// A request is a scope, with the route that a ServeMux chooses.
	{file: "net/http/server.go", old: "\thandler.ServeHTTP(rw, req)\n", new: "\tdefer nplusRequest(req).End(); handler.ServeHTTP(rw, req)\n"},
	{file: "net/http/server.go", old: "\n\th.ServeHTTP(w, r)\n", new: "\n\tdefer nplusRoute(r).End(); h.ServeHTTP(w, r)\n"},

	// The application's labels do not replace the label that carries the scope.
	{file: "runtime/pprof/runtime.go", old: "\truntime_setProfLabel(unsafe.Pointer(ctxLabels))\n", new: "\truntime_setProfLabel(nplusKeep(unsafe.Pointer(ctxLabels)))\n"},

	// State of databases, connections, prepared statements and rows.
	{file: "database/sql/sql.go", old: "\ntype DB struct {\n", new: "\ntype DB struct { nplus atomic.Uint64\n"},
	{file: "database/sql/sql.go", old: "\ntype driverConn struct {\n", new: "\ntype driverConn struct { nplus nplusConn\n"},
	{file: "database/sql/sql.go", old: "\ntype driverStmt struct {\n", new: "\ntype driverStmt struct { nplusText string; nplusRun bool\n"},
	{file: "database/sql/sql.go", old: "\ntype Rows struct {\n", new: "\ntype Rows struct { nplus nplusRows\n"},
	{file: "database/sql/sql.go", old: "&driverStmt{Locker: dc, si: si}", new: "&driverStmt{Locker: dc, si: si, nplusText: query}", count: 3},
	{file: "database/sql/sql.go", old: "\n\t\t\tsi:     si,\n", new: "\n\t\t\tsi:     si, nplusText: stmt.query, nplusRun: nplusRun,\n"},
	{file: "database/sql/sql.go", old: "\n\tvar parentStmt *Stmt\n", new: "\n\tvar parentStmt *Stmt; var nplusRun bool\n"},
	{file: "database/sql/sql.go", old: "\t\t\t\tsi = v.ds.si\n", new: "\t\t\t\tsi = v.ds.si; nplusRun = v.ds.nplusRun\n"},

	// Statements.
	{
		file: "database/sql/sql.go",
		old:  "resi, err = ctxDriverExec(ctx, execerCtx, execer, query, nvdargs)\n",
		new:  "nplus := nplusStart(); resi, err = ctxDriverExec(ctx, execerCtx, execer, query, nvdargs); dc.nplusRan(query, nvdargs, nplus, nil, 0, err)\n",
	},
	{
		file: "database/sql/sql.go",
		old:  "resi, err := ctxDriverStmtExec(ctx, ds.si, dargs)\n",
		new:  "nplus := nplusStart(); resi, err := ctxDriverStmtExec(ctx, ds.si, dargs); ds.nplusRan(dargs, nplus, nil, err)\n",
	},
	{file: "database/sql/sql.go", old: "\n\t\tvar rowsi driver.Rows\n", new: "\n\t\tvar rowsi driver.Rows; var nplus nplusRows\n"},
	{
		file: "database/sql/sql.go",
		old:  "rowsi, err = ctxDriverQuery(ctx, queryerCtx, queryer, query, nvdargs)\n",
		new:  "start := nplusStart(); rowsi, err = ctxDriverQuery(ctx, queryerCtx, queryer, query, nvdargs); nplus = dc.nplusRan(query, nvdargs, start, rowsi, 0, err)\n",
	},
	{file: "database/sql/sql.go", old: "\n\t\t\t\tdc:          dc,\n", new: "\n\t\t\t\tdc:          dc, nplus: nplus,\n"},
	{file: "database/sql/sql.go", old: "\trowsi, err := rowsiFromStatement(", new: "\trowsi, nplus, err := rowsiFromStatement("},
	{file: "database/sql/sql.go", old: "\n\t\tdc:          dc,\n", new: "\n\t\tdc:          dc, nplus: nplus,\n"},
	{file: "database/sql/sql.go", old: "\n\tvar rowsi driver.Rows\n", new: "\n\tvar rowsi driver.Rows; var nplus nplusRows\n"},
	{file: "database/sql/sql.go", old: "\trowsi, err = rowsiFromStatement(", new: "\trowsi, nplus, err = rowsiFromStatement("},
	{file: "database/sql/sql.go", old: "\n\t\t\t\tdc:    dc,\n", new: "\n\t\t\t\tdc:    dc, nplus: nplus,\n"},
	{
		file: "database/sql/sql.go",
		old: "ds *driverStmt, args ...any) (driver.Rows, error) {\n\tds.Lock()\n\tdefer ds.Unlock()\n" +
			"\tdargs, err := driverArgsConnLocked(ci, ds, args)\n\tif err != nil {\n\t\treturn nil, err\n\t}\n\treturn ctxDriverStmtQuery(ctx, ds.si, dargs)\n",
		new: "ds *driverStmt, args ...any) (driver.Rows, nplusRows, error) {\n\tds.Lock()\n\tdefer ds.Unlock()\n" +
			"\tdargs, err := driverArgsConnLocked(ci, ds, args)\n\tif err != nil {\n\t\treturn nil, nplusRows{}, err\n\t}\n" +
			"\tnplus := nplusStart(); rowsi, err := ctxDriverStmtQuery(ctx, ds.si, dargs); return rowsi, ds.nplusRan(dargs, nplus, rowsi, err), err\n",
	},

	// Transactions.
	{file: "database/sql/sql.go", old: "txi, err = ctxDriverBegin(ctx, opts, dc.ci)\n", new: "txi, err = ctxDriverBegin(ctx, opts, dc.ci); dc.nplusBegin(err)\n"},
	{file: "database/sql/sql.go", old: "\terr = tx.txi.Commit()\n", new: "\ttx.dc.nplusFinish(); err = tx.txi.Commit()\n"},
	{file: "database/sql/sql.go", old: "\terr = tx.txi.Rollback()\n", new: "\ttx.dc.nplusFinish(); err = tx.txi.Rollback()\n"},

	// Rows.
	{
		file: "database/sql/sql.go",
		old:  "\trs.lasterr = rs.rowsi.Next(rs.lastcols)\n",
		new:  "\tnplus := rs.nplus.fetch(); rs.lasterr = rs.rowsi.Next(rs.lastcols); rs.nplus.next(rs.dc, rs.rowsi, rs.lastcols, rs.lasterr, nplus)\n",
	},
	{
		file: "database/sql/sql.go", since: "go1.27",
		old: "\trs.lasterr = rscan.NextRow()\n",
		new: "\tnplus := rs.nplus.fetch(); rs.lasterr = rscan.NextRow(); rs.nplus.nextRow(rs.dc, rscan, rs.rowsi, rs.lasterr, nplus)\n",
	},
	{file: "database/sql/sql.go", old: "\trs.lasterr = nextResultSet.NextResultSet()\n", new: "\trs.lasterr = nextResultSet.NextResultSet(); rs.nplus.later = true\n"},
	{file: "database/sql/sql.go", old: "\nfunc (rs *Rows) scanLocked(dest ...any) error {\n", new: "\nfunc (rs *Rows) scanLocked(dest ...any) error { rs.nplus.scan()\n"},
	{file: "database/sql/sql.go", old: "\t\terr = rs.rowsi.Close()\n", new: "\t\terr = rs.rowsi.Close(); rs.nplus.close()\n"},

	// What passes on connections to PostgreSQL, in the clear and encrypted.
	{file: "net/fd_posix.go", part: Wire, old: "\tnet         string\n", new: "\tnet         string; nplus nplusWire\n"},
	{file: "net/fd_posix.go", part: Wire, old: "\tnn, err = fd.pfd.Write(p)\n", new: "\tfd.nplusSent(p); nn, err = fd.pfd.Write(p)\n"},
	{
		file: "net/fd_posix.go", part: Wire, old: "\tn, err = fd.pfd.Read(p)\n",
		new: "\tnplus := fd.nplus.Start(); n, err = fd.pfd.Read(p); fd.nplus.Received(p[:max(n, 0)], nplus)\n",
	},
	{file: "crypto/tls/conn.go", part: Wire, old: "\ntype Conn struct {\n", new: "\ntype Conn struct { nplus nplusWire\n"},
	{
		file: "crypto/tls/conn.go", part: Wire, old: "\tn, err := c.writeRecordLocked(recordTypeApplicationData, b)\n",
		new: "\tc.nplusSent(b); n, err := c.writeRecordLocked(recordTypeApplicationData, b)\n",
	},
	{file: "crypto/tls/conn.go", part: Wire, old: "\n\tfor c.input.Len() == 0 {\n", new: "\n\tnplus := c.nplus.Start(); for c.input.Len() == 0 {\n"},
	{file: "crypto/tls/conn.go", part: Wire, old: "\tn, _ := c.input.Read(b)\n", new: "\tn, _ := c.input.Read(b); c.nplus.Received(b[:n], nplus)\n"},

	// A spec of Ginkgo begins: its goroutine has the context of the spec.
	{file: "context/context.go", part: Specs, old: "\treturn &valueCtx{parent, key, val}\n", new: "\tnplusValue(key, val); return &valueCtx{parent, key, val}\n"},
}

// apply applies the edits of a file to its text. Its error names the text that does not occur as often as expected.
func apply(file, text, version string) (string, error) {
	for _, e := range edits {
		if e.file != file || e.since != "" && older(version, e.since) {
			continue
		}
		if n := strings.Count(text, e.old); n != max(e.count, 1) {
			return "", fmt.Errorf("%s of %s has %d times %q, and %d times is expected", file, version, n, strings.TrimSpace(e.old), max(e.count, 1))
		}
		text = strings.ReplaceAll(text, e.old, e.new)
	}
	return text, nil
}

// edited returns the files that have edits in an overlay with some parts, in the order of the edits.
func edited(parts []Part) (files []string) {
	seen := map[string]bool{}
	for _, e := range edits {
		if !seen[e.file] && (e.part == "" || slices.Contains(parts, e.part)) {
			seen[e.file] = true
			files = append(files, e.file)
		}
	}
	return files
}
