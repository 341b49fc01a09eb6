package scenario

import (
	"context"
	"database/sql/driver"
	"time"

	"github.com/nplusgone/nplusgone/detector"
	"github.com/nplusgone/nplusgone/finding"
	"github.com/nplusgone/nplusgone/fingerprint"
	"github.com/nplusgone/nplusgone/internal/analysis"
	"github.com/nplusgone/nplusgone/internal/record"
	"github.com/nplusgone/nplusgone/internal/session"
	"github.com/nplusgone/nplusgone/internal/stack"
)

// took is how long each statement takes.
const took = time.Millisecond

// Run replays the scenario against a detector made with opts, and returns what it finds in each scope, in order.
func (s *Scenario) Run(ctx context.Context, opts ...detector.Option) ([]finding.Finding, error) {
	if s.source != nil {
		opts = append(opts, detector.WithSource(s.source))
	}
	var findings []finding.Finding
	err := s.play(ctx, opts, func(scope *detector.Scope) { findings = append(findings, scope.End(ctx)...) })
	return findings, err
}

// Record replays the scenario and returns what was recorded of each scope, in order, without analysing it.
func (s *Scenario) Record(ctx context.Context) ([]*record.Frozen, error) {
	var scopes []*record.Frozen
	err := s.play(ctx, nil, func(scope *detector.Scope) {
		if frozen, ok := scope.Scope.End(); ok {
			scopes = append(scopes, frozen)
		}
	})
	return scopes, err
}

// Source returns what the scenario says of the source; nil if it says that the source is not available.
func (s *Scenario) Source() analysis.Source {
	if s.source == nil {
		return nil
	}
	return s.source
}

// play replays the scenario and calls ended with each scope, which ended has to end.
func (s *Scenario) play(ctx context.Context, opts []detector.Option, ended func(*detector.Scope)) error {
	d, err := detector.New(opts...)
	if err != nil {
		return err
	}
	p := &player{
		ctx: ctx, detector: d, dialect: s.dialect, databases: make(map[string]*record.Database),
		open: make(map[*statement]*open), ended: ended,
	}
	p.use("")
	for _, do := range s.steps {
		do(p)
	}
	p.end()
	return nil
}

// A step is what one line of a trace does.
type step func(*player)

// A player is the state of a replay.
type player struct {
	ctx       context.Context
	detector  *detector.Detector
	dialect   fingerprint.Dialect
	scope     *detector.Scope
	now       time.Duration
	tx, txs   uint64 // the open transaction, 0 for none, and how many there were
	txStack   stack.ID
	goroutine uint32 // of the next statements
	points    session.Savepoints
	database  *record.Database
	databases map[string]*record.Database
	open      map[*statement]*open
	ended     func(*detector.Scope)
}

// beginTx begins a transaction.
func (p *player) beginTx(at stack.ID) {
	p.txs++
	p.tx, p.txStack = p.txs, at
}

// endTx ends the transaction.
func (p *player) endTx() { p.tx, p.txStack, p.points = 0, 0, session.Savepoints{} }

func (p *player) begin(scope string) {
	p.end()
	_, p.scope = p.detector.Begin(p.ctx, scope)
}

func (p *player) end() {
	if p.scope != nil {
		p.ended(p.scope)
	}
}

func (p *player) use(database string) {
	if p.databases[database] == nil {
		p.databases[database] = &record.Database{Dialect: p.dialect}
	}
	p.database = p.databases[database]
}

// execute runs e, and shows its rows as far as they are fetched at once.
func (p *player) execute(e execution) {
	if !e.fails {
		switch p.points.Follow(&session.Text{Parsed: e.parsed, Dialect: p.dialect, Scope: p.scope.Scope, At: e.statement.stack}, p.tx != 0) {
		case session.Begins:
			p.beginTx(e.statement.stack)
		case session.Ends:
			p.endTx()
		}
	}
	st := &record.Statement{
		Parsed: e.parsed, Database: p.database, Tx: p.tx, TxStack: p.txStack, Args: e.args, Stack: e.statement.stack,
		Start: p.now, Duration: took, Goroutine: p.goroutine, Failed: e.fails, Fresh: e.statement.fresh(),
	}
	st.Savepoint, st.SavepointStack = p.points.Innermost()
	p.now += took
	if !e.query || e.fails {
		p.scope.Observe(st, nil)
		return
	}
	result := new(record.Result)
	if p.scope.Observe(st, result) {
		p.open[e.statement] = &open{result: result}
		p.fetch(e.statement, e.rows, e.stays)
	}
}

// open is a result that is being read.
type open struct {
	result *record.Result
	rows   int
}

// fetch shows rows of the open result of s, and its end unless it stays open.
func (p *player) fetch(s *statement, rows [][]driver.Value, stays bool) {
	o, ok := p.open[s]
	if !ok {
		return
	}
	for _, row := range rows {
		o.result.Row(s.columns, row)
	}
	o.rows += len(rows)
	if !stays {
		o.result.Drained()
		o.result.Close(o.rows, 0)
		delete(p.open, s)
	}
}
