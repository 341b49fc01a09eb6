package fingerprint

import (
	"fmt"
	"testing"

	"github.com/nplusgone/nplusgone/internal/sqlcorpus"
)

// ormTexts has statements as data layers write them.
var ormTexts = func() (texts []struct {
	d    Dialect
	text string
}) {
	for _, s := range sqlcorpus.ORM {
		d, err := ParseDialect(s.Dialect)
		if err != nil {
			panic(err)
		}
		texts = append(texts, struct {
			d    Dialect
			text string
		}{d, s.SQL})
	}
	return texts
}()

func BenchmarkParse(b *testing.B) {
	bytes := 0
	for _, t := range ormTexts {
		bytes += len(t.text)
	}
	b.SetBytes(int64(bytes / len(ormTexts)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		t := ormTexts[i%len(ormTexts)]
		Parse(t.d, t.text)
	}
}

func BenchmarkCacheHit(b *testing.B) {
	c := NewCache(1 << 20)
	for _, t := range ormTexts {
		c.Parse(t.d, t.text)
	}
	b.Run("one goroutine", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			t := &ormTexts[i%len(ormTexts)]
			c.Parse(t.d, t.text)
		}
	})
	b.Run("parallel", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for i := 0; pb.Next(); i++ {
				t := &ormTexts[i%len(ormTexts)]
				c.Parse(t.d, t.text)
			}
		})
	})
}

// BenchmarkCacheMiss reads a stream of texts with inlined literals, each of them once.
func BenchmarkCacheMiss(b *testing.B) {
	c := NewCache(1 << 20)
	text := []byte("SELECT `posts`.`id`, `posts`.`title`, `posts`.`body`, `posts`.`author_id` FROM `posts` WHERE `posts`.`author_id` = ")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c.Parse(MySQL, string(fmt.Appendf(text, "%d", i)))
	}
}
