// Package telemetry gathers sensor data with pools of goroutines.
package telemetry

import "github.com/nplusgone/nplusgone/testdata/blind"

// Cases returns the jobs of the application.
func Cases() []blind.Case {
	list := []blind.Case{
		{Name: "latest values", Want: []string{blind.NPlusOne}, Run: latestValues,
			Why: "A goroutine of an errgroup for each sensor selects its last reading."},
		{Name: "nightly summary", Want: []string{blind.NPlusOne}, Run: nightlySummary,
			Why: "Three workers take ids from a channel and run one aggregate each; a GROUP BY would do."},
		{Name: "alert board", Want: []string{blind.NPlusOne}, Run: alertBoard,
			Why: "go c.collect for each sensor runs one COUNT each."},
		{Name: "site report", Want: []string{blind.NPlusOne}, Run: siteReport,
			Why: "conc's MapErr runs one aggregate for each sensor."},
		{Name: "health board", Want: []string{blind.NPlusOne}, Run: healthBoard,
			Why: "conc's pool runs one COUNT for each sensor."},
		{Name: "calibrators", Want: []string{blind.NPlusOne}, Run: calibrators,
			Why: "A goroutine for each sensor selects one column of the row that was read already, without the context."},
		{Name: "store alerts", Want: []string{blind.RowInsert}, Run: storeAlerts,
			Why: "Two workers insert one row for each message of a channel that was filled from a list."},
		{Name: "refresh states", Want: []string{blind.RowUpdate}, Run: refreshStates,
			Why: "A goroutine for each sensor sets the same value; one UPDATE would do."},
		{Name: "weekly summary", Run: weeklySummary,
			Why: "Each goroutine of the pool handles a chunk of five ids with two statements."},
		{Name: "overview", Run: overview,
			Why: "Four counts of different tables, at the same time."},
		{Name: "regional totals", Run: regionalTotals,
			Why: "One statement for each of four shards that the source names."},
		{Name: "grade sensors", Run: gradeSensors,
			Why: "The function that runs for each row only computes; rows are read and written in bulk."},
		{Name: "copy readings", Run: copyReadings,
			Why: "A producer reads pages and workers copy a page with each statement."},
		{Name: "flush alerts", Run: flushAlerts,
			Why: "Rows are buffered and written eight at a time."},
		{Name: "run jobs", Run: runJobs, May: []string{blind.RowUpdate},
			Why: "A job queue: each job is claimed and finished in a transaction of its own, on purpose."},
		{Name: "warm up", Run: warmUp,
			Why: "Each of five connections is set up by the same statement; that cannot be shared."},
		{Name: "scan buckets", Run: scanBuckets, May: []string{blind.NPlusOne},
			Why: "A big table is scanned in six parts at the same time, on purpose."},
		{Name: "await job", Run: awaitJob,
			Why: "Polling of one row until another process has finished."},
	}
	for i := range list {
		list[i].Driver, list[i].Schema = "pgx", tables
	}
	return list
}
