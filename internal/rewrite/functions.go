package rewrite

import (
	"strings"

	"github.com/nplusgone/nplusgone/fingerprint"
)

// A class says what a call may do.
type class uint8

const (
	pure      class = iota // returns the same for the same arguments
	clock                  // returns the time of the statement or of the transaction
	generator              // returns another value for each row: random numbers, UUIDs, sequences
	session                // depends on earlier statements, waits, locks, or has another effect
	foreign                // nothing is known of it
)

func words(list string, of class, in map[string]class) {
	for w := range strings.FieldsSeq(list) {
		in[w] = of
	}
}

// classes are the functions of which something is known, in lower case. Names of types are among them: CAST(x AS
// varchar(20)) looks like a call.
var classes = func() map[string]class {
	m := make(map[string]class)
	words(`abs ascii bin bit_length btrim cardinality cast ceil ceiling char char_length character_length chr coalesce concat
		concat_ws conv convert cos date date_add date_format date_part date_sub date_trunc adddate subdate datediff
		datetime day dayname dayofmonth dayofweek dayofyear decode degrees div elt encode exp extract field floor format
		from_base64 from_unixtime greatest hex hour if ifnull iif initcap inet_aton inet_ntoa inet6_aton inet6_ntoa insert
		instr isnull json jsonb json_array json_array_length json_arrayagg json_build_array json_build_object json_contains
		json_extract json_extract_path json_extract_path_text json_insert json_length json_merge_patch json_object json_patch
		json_quote json_remove json_replace json_set json_type json_unquote json_valid json_value jsonb_array_length
		jsonb_build_array jsonb_build_object jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_set
		jsonb_strip_nulls jsonb_typeof julianday last_day lcase least left length ln locate log log10 log2 lower lpad ltrim
		make_date make_interval make_time make_timestamp makedate maketime max md5 microsecond mid min minute mod month
		monthname nullif nvl octet_length overlay period_add period_diff pi point position pow power printf quarter quote
		quote_ident quote_literal radians regexp_replace regexp_substr repeat replace reverse right round row rpad rtrim
		second sec_to_time sha sha1 sha2 sha224 sha256 sha384 sha512 sign sin space split_part sqrt starts_with st_geomfromtext
		st_makepoint st_point st_setsrid str_to_date strftime strpos substr substring substring_index tan time time_to_sec
		timediff timestamp timestampadd timestampdiff to_base64 to_char to_date to_days to_json to_jsonb to_number
		to_timestamp to_tsquery to_tsvector plainto_tsquery websearch_to_tsquery ts_rank translate trim trunc truncate typeof
		ucase unhex unicode unixepoch upper uuid_to_bin bin_to_uuid week weekday year yearweek array_append array_cat
		array_length array_position array_prepend array_remove array_replace array_to_string string_to_array
		binary bit bit_varying char character decimal double float int integer nchar numeric real time timestamptz varbinary
		varbit varchar varying filter over within`, pure, m)
	words(`now current_timestamp current_date current_time localtime localtimestamp clock_timestamp statement_timestamp
		transaction_timestamp timeofday sysdate getdate curdate curtime utc_timestamp utc_date utc_time unix_timestamp`, clock, m)
	words(`random rand randomblob newid uuid gen_random_uuid uuid_generate_v1 uuid_generate_v4 uuidv4 uuidv7 nextval`, generator, m)
	return m
}()

// classOf returns the class of the function that the token names.
func (s *statement) classOf(t tok) class {
	if t.kind != fingerprint.Word {
		return foreign
	}
	name := strings.ToLower(t.text)
	if c, ok := classes[name]; ok {
		return c
	}
	f := fingerprint.Parse(s.dialect, "SELECT "+t.text+"(x) FROM t").Facts
	switch {
	case f.Volatile:
		return session
	case len(f.Aggregates) > 0:
		return pure
	}
	return foreign
}

// called reports whether the token at i is the name of a function that is called, or a name of the clock without a call.
func (s *statement) called(i int) bool {
	t := s.tok(i)
	if t.kw != "" || t.kind != fingerprint.Word && t.kind != fingerprint.Quoted {
		return false
	}
	if s.tok(i+1).text == "(" {
		return true
	}
	return classes[strings.ToLower(t.text)] == clock && s.tok(i-1).text != "." && s.clockWord(t)
}

// clockWord reports whether a word means the clock when it is not called.
func (s *statement) clockWord(t tok) bool {
	return fingerprint.Parse(s.dialect, "SELECT "+t.text).Facts.Volatile
}

// calls returns the first function within a span that is of a class, as the statement writes it; "" for none.
func (s *statement) calls(sp span, of ...class) string {
	for i := sp.begin; i < sp.end; i++ {
		if !s.called(i) {
			continue
		}
		is := s.classOf(s.tok(i))
		for _, c := range of {
			if is == c {
				return s.tok(i).text
			}
		}
	}
	return ""
}

// readable parses a SELECT of which a rewrite may exist: it only reads, locks nothing, and calls nothing that may return
// something else when it is called less often.
func readable(d fingerprint.Dialect, p *fingerprint.Parsed) (*statement, error) {
	f := &p.Facts
	if f.Kind != fingerprint.Select {
		return nil, refuse("it is no SELECT")
	}
	s, err := parse(d, p)
	switch {
	case err != nil:
		return nil, err
	case s.tok(s.verb).kw != "SELECT":
		return nil, refuse("it is no SELECT")
	case len(f.Writes) > 0:
		return nil, refuse("it also writes")
	case f.Locking, !s.locking.empty():
		return nil, refuse("it locks the rows that it reads")
	case s.word("tablesample"):
		return nil, refuse("TABLESAMPLE reads random rows")
	case f.Volatile:
		if name := s.calls(span{0, s.end}, session, generator); name != "" {
			return nil, refuse("it calls %s, which may return something else each time", name)
		}
		if s.calls(span{0, s.end}, clock) == "" && !s.word("'now'") {
			return nil, refuse("it calls a function that may return something else each time")
		}
	}
	return s, nil
}
