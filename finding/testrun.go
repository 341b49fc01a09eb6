package finding

// A TestRun says of one package's tests whether what they recorded is complete.
type TestRun struct {
	Package string `json:"package"`           // import path
	Whole   bool   `json:"whole"`             // all tests of the package were selected, and ran to their end
	Missing string `json:"missing,omitempty"` // why the record is incomplete; the absence of findings is inconclusive then
	Untyped string `json:"untyped,omitempty"` // why rules about the use of rows did not run for some of the package
}
