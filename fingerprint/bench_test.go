package fingerprint

import (
	"fmt"
	"testing"
)

// ormTexts are statements as data layers write them, about 200 bytes on average.
var ormTexts = []struct {
	d    Dialect
	text string
}{
	{PostgreSQL, `SELECT * FROM "users" WHERE "users"."id" = $1 AND "users"."deleted_at" IS NULL ORDER BY "users"."id" LIMIT $2`},
	{PostgreSQL, `SELECT "posts"."id", "posts"."title", "posts"."body", "posts"."author_id", "posts"."created_at", "posts"."updated_at" FROM "posts" WHERE "posts"."author_id" IN ($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY "posts"."created_at" DESC`},
	{PostgreSQL, `INSERT INTO "posts" ("created_at","updated_at","deleted_at","title","body","author_id","published") VALUES ($1,$2,$3,$4,$5,$6,$7) RETURNING "id"`},
	{PostgreSQL, `INSERT INTO "comments" ("post_id","author_id","body") VALUES ($1,$2,$3),($4,$5,$6),($7,$8,$9),($10,$11,$12) ON CONFLICT ("id") DO UPDATE SET "body"="excluded"."body" RETURNING "id"`},
	{PostgreSQL, `UPDATE "posts" SET "title"=$1,"body"=$2,"views"="views" + 1,"updated_at"=$3 WHERE "posts"."deleted_at" IS NULL AND "id" = $4`},
	{PostgreSQL, `SELECT count(*) FROM "comments" WHERE "comments"."post_id" = $1 AND "comments"."deleted_at" IS NULL`},
	{PostgreSQL, `SELECT DISTINCT "users"."id", "users"."name", "users"."age" FROM "users" JOIN (SELECT "groups_users"."user_id" FROM "groups_users" WHERE "groups_users"."group_id" = $1) AS "t1" ON "users"."id" = "t1"."user_id" WHERE "users"."age" > $2`},
	{PostgreSQL, `SELECT "p"."id", "p"."title", "author"."id" AS "author__id", "author"."name" AS "author__name" FROM "posts" AS "p" LEFT JOIN "authors" AS "author" ON ("author"."id" = "p"."author_id") WHERE ("p"."id" = 42)`},
	{PostgreSQL, `SELECT p.id, p.title, (SELECT count(*) FROM comments c WHERE c.post_id = p.id) AS n FROM posts p JOIN authors a ON a.id = p.author_id WHERE a.country = $1 AND p.created_at > now() - interval '7 days' ORDER BY n DESC LIMIT 20`},
	{PostgreSQL, `DELETE FROM "sessions" WHERE "sessions"."expires_at" < $1 AND "sessions"."user_id" = ANY($2::bigint[])`},
	{PostgreSQL, "-- name: GetAuthor :one\nSELECT id, name, bio, created_at, updated_at FROM authors\nWHERE id = $1 AND tenant_id = $2 LIMIT 1"},
	{MySQL, "SELECT * FROM `users` WHERE `users`.`id` = 1 AND `users`.`deleted_at` IS NULL ORDER BY `users`.`id` LIMIT 1"},
	{MySQL, "SELECT `posts`.`id`, `posts`.`title`, `posts`.`body`, `posts`.`author_id`, `posts`.`created_at`, `posts`.`updated_at` FROM `posts` WHERE `posts`.`author_id` IN (1,2,3,4,5,6,7,8,9,10) AND `posts`.`kind` = 'article' ORDER BY `posts`.`created_at` DESC"},
	{MySQL, "INSERT INTO `posts` (`created_at`,`updated_at`,`deleted_at`,`title`,`body`,`author_id`,`published`) VALUES (?,?,?,?,?,?,?),(?,?,?,?,?,?,?)"},
	{MySQL, "INSERT INTO `counters` (`name`,`value`) VALUES (?,?) ON DUPLICATE KEY UPDATE `value`=`value`+VALUES(`value`),`updated_at`='2024-05-06 07:08:09.123'"},
	{MySQL, "UPDATE `posts` SET `title`=?,`body`=?,`views`=`views` + 1,`updated_at`='2024-05-06 07:08:09.123' WHERE `posts`.`deleted_at` IS NULL AND `id` = ?"},
	{MySQL, "SELECT COUNT(*) FROM `comments` WHERE `comments`.`post_id` = ? AND `comments`.`deleted_at` IS NULL"},
	{MySQL, "SELECT DISTINCT `users`.`id`, `users`.`name`, `users`.`age` FROM `users` JOIN (SELECT `groups_users`.`user_id` FROM `groups_users` WHERE `groups_users`.`group_id` = ?) AS `t1` ON `users`.`id` = `t1`.`user_id` WHERE `users`.`age` > ?"},
	{MySQL, "select p.id, p.title, p.body, a.id, a.name from posts p inner join authors a on a.id = p.author_id where a.country = ? and p.published = true and p.kind in (?, ?, ?) order by p.created_at desc limit 20, 10"},
	{MySQL, "DELETE FROM `sessions` WHERE `sessions`.`expires_at` < ? AND `sessions`.`user_id` IN (?,?,?) LIMIT 1000"},
	{SQLite, "SELECT * FROM `users` WHERE `users`.`id` = ? AND `users`.`deleted_at` IS NULL ORDER BY `users`.`id` LIMIT 1"},
	{SQLite, "SELECT `comments`.`id`, `comments`.`body`, `comments`.`post_id` FROM `comments` WHERE `comments`.`post_id` IN (?,?,?,?,?) AND `comments`.`deleted_at` IS NULL"},
	{SQLite, "INSERT INTO `posts` (`created_at`,`updated_at`,`deleted_at`,`title`,`body`,`author_id`) VALUES (?,?,?,?,?,?) RETURNING `id`"},
	{SQLite, "UPDATE posts SET title = :title, body = :body, updated_at = datetime('now') WHERE id = :id AND version = :version"},
	{SQLite, "SELECT id, title, body, author_id, created_at FROM posts WHERE author_id = ?1 AND created_at >= ?2 ORDER BY created_at DESC LIMIT ?3 OFFSET ?4"},
	{SQLite, "WITH RECURSIVE tree(id, parent_id, depth) AS (SELECT id, parent_id, 0 FROM nodes WHERE id = ? UNION ALL SELECT n.id, n.parent_id, t.depth + 1 FROM nodes n JOIN tree t ON n.parent_id = t.id) SELECT id, depth FROM tree"},
	{Unknown, `SELECT TOP (20) [p].[Id], [p].[Title], [p].[AuthorId] FROM [dbo].[Posts] AS [p] WHERE [p].[AuthorId] = @p1 AND [p].[Published] = 1 ORDER BY [p].[CreatedAt] DESC`},
	{Unknown, `SELECT "posts"."id", "posts"."title" FROM "posts" WHERE "posts"."author_id" = :1 AND "posts"."kind" = :2 ORDER BY "posts"."id" FETCH NEXT 10 ROWS ONLY`},
	{Unknown, `INSERT INTO posts (title, body, author_id, created_at) VALUES (?, ?, ?, ?)`},
	{Unknown, `UPDATE posts SET title = ?, body = ?, updated_at = CURRENT_TIMESTAMP WHERE id = ? AND version = ?`},
}

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

// BenchmarkCacheMiss is a stream of texts of which none comes twice, as inlined literals make them.
func BenchmarkCacheMiss(b *testing.B) {
	c := NewCache(1 << 20)
	text := []byte("SELECT `posts`.`id`, `posts`.`title`, `posts`.`body`, `posts`.`author_id` FROM `posts` WHERE `posts`.`author_id` = ")
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		c.Parse(MySQL, string(fmt.Appendf(text, "%d", i)))
	}
}
