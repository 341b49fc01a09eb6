package pgwire

import "testing"

// Proves how values are read in both formats. TestValues of package nplusgonepgx does it with a server.
func TestValues(t *testing.T) {
	for _, tc := range []struct {
		name   string
		oid    uint32
		binary bool
		bytes  string
		want   string
	}{
		{"int8", typeInt8, true, "\xff\xff\xff\xff\xff\xff\xff\xfe", "-2"},
		{"int2 of a wrong length", typeInt2, true, "\x00\x00\x01", "000001"},
		{"text", typeText, true, "a", `"a"`},
		{"jsonb", typeJSONB, true, "\x01{}", `"{}"`},
		{"bytea as text", typeBytea, false, `\x6162`, `"ab"`},
		{"bytea as text in the old form", typeBytea, false, `a\\b`, `"a\\\\b"`},
		{"bool as text", typeBool, false, "t", "1"},
		{"date as text", typeDate, false, "2024-05-06", "2024-05-06T00:00:00"},
		{"date in another style", typeDate, false, "06.05.2024", `"06.05.2024"`},
		{"timestamptz as text", typeTimestamptz, false, "2024-05-06 07:08:09.25+02", "2024-05-06T05:08:09.25"},
		{"timestamptz with minutes", typeTimestamptz, false, "2024-05-06 07:08:09+05:30", "2024-05-06T01:38:09"},
		{"timestamp", typeTimestamp, true, "\x00\x00\x00\x00\x00\x0f\x42\x41", "2000-01-01T00:00:01.000001"},
		{"timestamp before 2000", typeTimestamp, true, "\xff\xff\xff\xff\xff\xff\xff\xff", "1999-12-31T23:59:59.999999"},
		{"infinity", typeTimestamp, true, "\x7f\xff\xff\xff\xff\xff\xff\xff", "7fffffffffffffff"},
		{"float8", typeFloat8, true, "\x3f\xf8\x00\x00\x00\x00\x00\x00", "1.5"},
		{"another type", 600, true, "\x00\x01", "0001"},
		{"another type as text", 600, false, "(1,2)", `"(1,2)"`},

		{"numeric 19.90", typeNumeric, true, "\x00\x02\x00\x00\x00\x00\x00\x02\x00\x13\x23\x28", `"19.90"`},
		{"numeric -0.05", typeNumeric, true, "\x00\x01\xff\xff\x40\x00\x00\x02\x01\xf4", `"-0.05"`},
		{"numeric 120000", typeNumeric, true, "\x00\x02\x00\x01\x00\x00\x00\x00\x00\x0c\x00\x00", `"120000"`},
		{"numeric 10000", typeNumeric, true, "\x00\x01\x00\x01\x00\x00\x00\x00\x00\x01", `"10000"`},
		{"numeric 0", typeNumeric, true, "\x00\x00\x00\x00\x00\x00\x00\x00", `"0"`},
		{"numeric 0.000", typeNumeric, true, "\x00\x00\x00\x00\x00\x00\x00\x03", `"0.000"`},
		{"numeric NaN", typeNumeric, true, "\x00\x00\x00\x00\xc0\x00\x00\x00", `"NaN"`},
		{"numeric of a wrong length", typeNumeric, true, "\x00\x02\x00\x00\x00\x00\x00\x00\x00\x01", "00020000000000000001"},
		{"numeric that is too long", typeNumeric, true, "\x00\x01\x7f\xff\x00\x00\x00\x00\x00\x01", "00017fff000000000001"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var scratch []byte
			v := Value{Type: tc.oid}
			v.read([]byte(tc.bytes), tc.binary, &scratch)
			if got := print(v); got != tc.want {
				t.Errorf("%s, want %s", got, tc.want)
			}
		})
	}
}

// Proves that the elements of an array are read, and nothing that is no array of one dimension.
func TestElements(t *testing.T) {
	array := "\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x17\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x04\x00\x00\x00\x07\xff\xff\xff\xff"
	p := Param{Type: 1007, Binary: true, Known: true, Bytes: []byte(array)}
	elements, ok := p.Elements()
	if !ok || len(elements) != 2 || print(elements[0].Value(new([]byte))) != "7" || print(elements[1].Value(new([]byte))) != "NULL" {
		t.Errorf("got %v, %v", elements, ok)
	}
	for _, bytes := range []string{"", array[:20], "\x00\x00\x00\x02" + array[4:], array[:15] + "\xff" + array[16:]} {
		if _, ok := (Param{Type: 1007, Binary: true, Bytes: []byte(bytes)}).Elements(); ok {
			t.Errorf("%x is read", bytes)
		}
	}
	if _, ok := (Param{Type: 600, Binary: true, Bytes: []byte(array)}).Elements(); ok {
		t.Error("a point is read")
	}
}
