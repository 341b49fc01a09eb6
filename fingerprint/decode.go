package fingerprint

import (
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/internal/value"
)

// hashLiteral returns the hash that the value of a literal has as an argument.
func (e *emitter) hashLiteral(kind tokenKind, raw string) uint64 {
	if kind == tokNumber {
		return hashNumber(raw)
	}
	if raw[0] == '$' {
		tag := strings.IndexByte(raw[1:], '$') + 2
		return value.Text(strings.TrimSuffix(raw[tag:], raw[:tag]))
	}
	i := strings.IndexAny(raw, "'\"`[")
	if i < 0 {
		return value.Text(raw)
	}
	prefix, quote := raw[:i], raw[i:i+1]
	text := strings.TrimSuffix(raw[i+1:], quote)
	if prefix == "X" || prefix == "x" {
		if b, err := hex.DecodeString(text); err == nil {
			return value.Bytes(b)
		}
	}
	text = strings.ReplaceAll(text, quote+quote, quote)
	if e.d == MySQL || prefix == "E" || prefix == "e" {
		text = unescape(text)
	}
	return value.Text(text)
}

func hashNumber(raw string) uint64 {
	raw = strings.ReplaceAll(strings.TrimPrefix(raw, "+"), "_", "")
	switch {
	case len(raw) > 1 && raw[0] == '0' && isLetter(raw[1]): // 0x1F
		if n, err := strconv.ParseUint(raw, 0, 64); err == nil {
			return value.Uint(n)
		}
	case !strings.ContainsAny(raw, ".eE"):
		if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
			return value.Int(n)
		}
		if n, err := strconv.ParseUint(raw, 10, 64); err == nil {
			return value.Uint(n)
		}
	}
	if f, err := strconv.ParseFloat(raw, 64); err == nil {
		return value.Float(f)
	}
	return value.Text(raw)
}

// unescape resolves the backslashes of a text, as MySQL does everywhere and PostgreSQL in E'…'. Escapes by number stay.
func unescape(text string) string {
	if strings.IndexByte(text, '\\') < 0 {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) {
			i++
			switch c = text[i]; c {
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'b':
				c = '\b'
			case '0':
				c = 0
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}
