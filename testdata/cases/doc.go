// Package cases holds small programs, most of them written after a reported bug of a public project, and the findings
// that nplusgone must report for each. The module has a path of its own, as an application has, because nplusgone treats
// packages below its own path differently.
//
//	go test .                      # all cases
//	go test . -case chunks,keys    # the cases whose folders start with chunks or keys
//	go test . -v                   # with the figures, also if all cases pass
//
// TestCases builds the test binary of each case once. It runs the binary in a process of its own for each line of the
// case's want file, with NPLUSGONE_DIR set, merges the recorded run with the report command, and compares the report with
// the line. It needs a C compiler for SQLite, PostgreSQL and MariaDB; see package casetest. A server that cannot be reached
// fails the tests.
//
// # A case
//
// A case is a folder with a file named want. The code under test is in files without _test in their names, because a loop
// in a test is reported differently. The package comment says what the code does and what must be reported.
//
// The modules in libraries/vendor represent libraries that nplusgone does not know. Their folder is named vendor because
// nplusgone treats code in such a folder as code of a dependency.
//
// # Wants
//
// A want file has one line for each test or subtest:
//
//	TestName: silent
//	TestName/subtest: RULE LEVEL @POSITION CONDITION…; RULE LEVEL @POSITION CONDITION…
//	TestName: passes
//	TestName: fails ~"text"
//
// silent means that the test passes and nothing is reported at the levels likely and proven.
//
// RULE LEVEL @POSITION is a finding that must be reported. Rules, levels and positions may have alternatives, as in
// likely|proven. The levels are note, suspect, likely and proven; note is a finding of any level that is marked as a note.
// A position is the name of a mark, which is a comment at the end of a line: "// loop" or "// call", with any suffix. It is
// the position of the finding's loop, or of its call where it has no loop. A question mark before the rule allows the
// finding without requiring it. Any other finding at likely or proven is an error.
//
// A condition compares texts of the finding: sql, fix, parent, message or evidence, followed by ~"text" if one of the
// texts must contain the text, or by !~"text" if none may. "@loop" in the quotes is replaced by the file and the line of
// the mark. count=N and saved=N compare numbers.
//
// passes and fails are about the result of the test alone. fails ~"text" requires the text in the test's output. Such lines
// share one process for all subtests of a test.
//
// # Figures
//
// The last line has precision and recall. A wanted finding that is reported as wanted is a hit. One that is missing, or that
// violates a condition, is a miss. A finding at likely or proven that is not wanted is a false alarm. A test that fails
// although it must pass counts as one false alarm, and one that passes although it must fail as one miss.
package cases
