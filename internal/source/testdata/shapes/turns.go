package shapes

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

// What turns of loops do besides running a statement.

func SleepsInPostStatement(db *DB) {
	for n := 0; n < len(posts()); time.Sleep(time.Microsecond) {
		db.Query("child", n)
		n++
	}
}

func RetriesWithPauses(db *DB) {
	for _, p := range posts() {
		for try := 1; ; try++ {
			if err := db.Exec("child", p.ID); err == nil {
				break
			}
			time.Sleep(time.Microsecond)
		}
	}
}

// taken says yes twice.
func (db *DB) taken(slug string) bool {
	db.Query("child", slug)
	return len(db.Stacks("child")) < 3
}

func SearchForever(db *DB) string {
	slug := "tea"
	for n := 2; ; n++ {
		taken := db.taken(slug)
		if !taken {
			return slug
		}
		slug = fmt.Sprint("tea-", n)
	}
}

func SearchByCondition(db *DB) string {
	slug := "tea"
	taken := true
	for n := 1; taken; n++ {
		slug = fmt.Sprint("tea-", n)
		taken = db.taken(slug)
	}
	return slug
}

// SearchOfRows looks at each row until one fits: all could be asked for at once.
func SearchOfRows(db *DB) bool {
	for _, p := range posts() {
		taken := db.taken(fmt.Sprint(p.ID))
		if !taken {
			return true
		}
	}
	return false
}

func publish(Post) error { return nil }

func valid(Post) error { return nil }

func Publishes(db *DB) error {
	for _, p := range posts() {
		if err := publish(p); err != nil {
			return err
		}
		db.Exec("child", p.ID)
	}
	return nil
}

// PublishesBlindly does not look at what became of it.
func PublishesBlindly(db *DB) {
	for _, p := range posts() {
		_ = publish(p)
		db.Exec("child", p.ID)
	}
}

func Validates(db *DB) error {
	for _, p := range posts() {
		if err := valid(p); err != nil {
			return errors.Join(err)
		}
		db.Exec("child", p.ID)
	}
	return nil
}

type names struct {
	mu   sync.Mutex
	byID map[int]string
	all  sync.Map
	db   *DB
}

func newNames(db *DB) *names { return &names{byID: map[int]string{}, db: db} }

func (n *names) locked(id int) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if name, ok := n.byID[id]; ok {
		return name
	}
	n.db.Query("child", id)
	n.byID[id] = "name"
	return n.byID[id]
}

func (n *names) loaded(id int) string {
	name, ok := n.all.Load(id)
	if ok {
		return name.(string)
	}
	n.db.Query("child", id)
	n.all.Store(id, "name")
	return "name"
}

// alone has no lock: it is one request's.
func (n *names) alone(id int) string {
	if name, ok := n.byID[id]; ok {
		return name
	}
	n.db.Query("child", id)
	n.byID[id] = "name"
	return n.byID[id]
}

// A ttlCache answers nothing.
type ttlCache struct{}

func (ttlCache) Get(int) (string, bool)    { return "", false }
func (ttlCache) Fetch(int) (string, error) { return "", errors.New("none") }
func (ttlCache) With(int) ttlCache         { return ttlCache{} }
func (c ttlCache) Result() (string, error) { return c.Fetch(0) }

type redisCache struct{}

func (redisCache) Get(id int) ttlCache { return ttlCache{}.With(id) }

type cachedNames struct {
	cache ttlCache
	redis redisCache
	rows  ttlCache
	db    *DB
}

func CacheByItsName(db *DB) {
	n := cachedNames{db: db}
	for _, p := range posts() {
		if _, ok := n.cache.Get(p.ID); ok {
			continue
		}
		n.db.Query("child", p.ID)
	}
}

func CacheWithoutTheKey(db *DB) {
	n := cachedNames{db: db}
	for _, p := range posts() {
		_, ok := n.cache.Get(p.ID)
		if !ok {
			n.db.Query("child", p.ID)
		}
	}
}

func CacheWithAnError(db *DB) {
	n := cachedNames{db: db}
	for _, p := range posts() {
		_, err := n.redis.Get(p.ID).Result()
		if err != nil {
			n.db.Query("child", p.ID)
		}
	}
}

func GetOfSomethingElse(db *DB) {
	n := cachedNames{db: db}
	for _, p := range posts() {
		if _, ok := n.rows.Get(p.ID); ok {
			continue
		}
		n.db.Query("child", p.ID)
	}
}

func CacheThatIsAskedForSomethingElse(db *DB) {
	n := cachedNames{db: db}
	for _, p := range posts() {
		_, ok := n.cache.Get(0)
		n.db.Query("child", p.ID)
		if !ok {
			continue
		}
	}
}

func CacheOfTheProcess(db *DB) {
	n := newNames(db)
	for _, p := range posts() {
		n.locked(p.ID)
	}
}

func CacheInASyncMap(db *DB) {
	n := newNames(db)
	for _, p := range posts() {
		n.loaded(p.ID)
	}
}

func CacheOfTheRequest(db *DB) {
	n := newNames(db)
	for _, p := range posts() {
		n.alone(p.ID)
	}
}

// A stream answers three times.
type stream struct{ left int }

func (s *stream) Recv() (Post, error) {
	if s.left--; s.left < 0 {
		return Post{}, errors.New("the end")
	}
	return Post{ID: s.left}, nil
}

func ReceivesFromAStream(db *DB) {
	s := &stream{left: 3}
	for {
		p, err := s.Recv()
		if err != nil {
			return
		}
		db.Query("child", p.ID)
	}
}

func ReceivesInASelect(db *DB) {
	ch, done := make(chan Post, 3), make(chan bool)
	for _, p := range posts() {
		ch <- p
	}
	close(ch)
	for {
		select {
		case <-done:
			return
		case p, ok := <-ch:
			if !ok {
				return
			}
			db.Query("child", p.ID)
		}
	}
}

func CacheOfTheFunction(db *DB) {
	seen := map[int]bool{}
	for _, p := range posts() {
		if _, ok := seen[p.ID]; ok {
			continue
		}
		db.Query("child", p.ID)
		seen[p.ID] = true
	}
}
