package fingerprint

// hostile are texts that a lexer may stumble over.
var hostile = []string{
	"", " ", ";", ";;;", "\x00", "SELECT\x001", "\xff\xfe", "SELECT '\xff' FROM \xc3", "'", "\"", "`", "[", "]", "(", ")", "())(",
	"$", "$$", "$a$", "$a$x$b$", "?", "??", "?1?", "$0", "?0", "$99999999999999999999", ":", "::", ":::", "a:::b", "a : ::b", "@", "@@", "@'", "@`x",
	"--", "/*", "/*/", "/**/", "*/", "/*!", "/*!50000", "/*M!1 x */", "/* /* */ x", "#", "-- x", "- -1", "--1", "+-+1", "5--3", "1..2", "1.2.3",
	"1e", "1e+", ".5", "a.5", ".", "..", "a.", ".a", "0x", "0b2", "1_000", "E'", "E'\\", "'\\", "N'", "U&\"", "U&\"d\\0061t\"", "U&'x'",
	"a||/*x*/b", "a<--b", "a<->b", "a#-b", "|/*", "IN (", "IN ()", "IN (,)", "IN (1,,1)", "IN (.a,.a,.a)", "VALUES", "VALUES (", "VALUES (1),", "VALUES (1) (1)", "VALUES(0,0),,(0,0)",
	"VALUES ROW(1),ROW(2)", "VALUES (1), x y)", "ARRAY[", "ARRAY[[1,2],[3,4]]", "IN ((1),(2),((3)))", "SET", "SET (", "SET (a", "LIMIT", "LIMIT ,", "LIMIT 1,",
	"SELECT TOP", "SELECT TOP (", "SELECT DISTINCT ON", "SELECT DISTINCT ON (", "WITH", "WITH (", "FROM", "FROM (", "FROM ((", "FROM .", "FROM a.", "UPDATE OR", "INSERT INTO (", "ON",
	"BETWEEN", "x BETWEEN", "AND 1", "FROM 1", "IS DISTINCT FROM 1", "= 1", "(=1)", "(a,b)=(1,2,3)", "IN (f(1), f(2))", "\"begin\"", "\"row\"", "VALUES \"row\"(1)",
	"SELECT(- id FROM posts WHERE (]a, b) IN ((1, 2))",
	"SELECT 'now' 'x'", "0 0?&0", "a ?| b", "?||a", "?&&a", "a ?? b", "U & \"x\"", "@a .b(c)", "\u00a0SELECT\u00a01", "SELECT \u2028 1", "SELECT\ufeff1",
}
