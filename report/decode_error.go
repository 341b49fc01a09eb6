package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// notOurs is the error for JSON that is something else than a report.
func (d *decoder) notOurs(why string) error {
	return fmt.Errorf("report: %q is JSON but no nplusgone report (%s): give a file written in the json format", d.name, why)
}

// cutOff is what encoding/json says of text that ends too early, from Go 1.27 on as a SyntaxError.
const cutOff = "unexpected end of JSON input"

// failed puts what the JSON decoder answered into the words of someone who has a file and wants a report. Positions are
// what was read whole before the error: the decoder knows no better ones inside a value.
func (d *decoder) failed(err error) error {
	var syntax *json.SyntaxError
	var mismatch *json.UnmarshalTypeError
	at := fmt.Sprintf("in %s, after byte %d", d.part(), d.json.InputOffset())
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.As(err, &syntax) && syntax.Error() == cutOff:
		d.cut = true
		return fmt.Errorf("report: %q ends %s: the run that wrote it did not finish, so run it again", d.name, at)
	case errors.As(err, &syntax) && d.documents == 0 && d.at == "":
		return fmt.Errorf("report: %q is not JSON (after byte %d, %w): give a file written in the json format", d.name, d.json.InputOffset(), err)
	case errors.As(err, &syntax):
		return fmt.Errorf("report: %q is damaged %s (%w): write it again", d.name, at, err)
	case errors.As(err, &mismatch):
		what := "it" // the part itself
		if mismatch.Field != "" {
			what = strconv.Quote(mismatch.Field)
		}
		return fmt.Errorf("report: %q is no report %s: %s holds %s: write it again", d.name, at, what, article(mismatch.Value))
	}
	return fmt.Errorf("report: reading %q %s: %w", d.name, at, err)
}

// part names what is being read.
func (d *decoder) part() string {
	if d.at == "" {
		return "a document"
	}
	return d.at
}

// article puts encoding/json's word for a kind of value into a sentence.
func article(kind string) string {
	word, _, _ := strings.Cut(kind, " ") // "number -1.5"
	switch word {
	case "array", "object":
		return "an " + word
	case "bool":
		return "true or false"
	}
	return "a " + word
}
