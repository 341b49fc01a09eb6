package shapes

import (
	"errors"
	"fmt"
	"net/http"
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

var published []int

func publish(p Post) error {
	published = append(published, p.ID)
	return nil
}

// parse has no effect, whatever its name says.
func sendParsed(p Post) (int, error) { return p.ID + 1, nil }

func Parses(db *DB) error {
	for _, p := range posts() {
		id, err := sendParsed(p)
		if err != nil {
			return err
		}
		db.Exec("child", id)
	}
	return nil
}

func Posts(db *DB) error {
	for _, p := range posts() {
		res, err := http.Post("http://127.0.0.1:0", "text/plain", nil)
		if err == nil {
			res.Body.Close()
		}
		db.Exec("child", p.ID)
	}
	return nil
}

func CallsBack(db *DB) error { return callsBack(db, publish) }

func callsBack(db *DB, handle func(Post) error) error {
	for _, p := range posts() {
		if err := handle(p); err != nil {
			return err
		}
		db.Exec("child", p.ID)
	}
	return nil
}

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

// PublishesAtTheEnd publishes in a turn that leaves the loop.
func PublishesAtTheEnd(db *DB) error {
	for _, p := range posts() {
		if err := db.Exec("child", p.ID); err != nil {
			return publish(p)
		}
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

// A memory is a cache of the application's own.
type memory struct {
	mu   sync.Mutex
	byID map[int]string
}

func (m *memory) Get(id int) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	name, ok := m.byID[id]
	return name, ok
}

func (m *memory) Find(id int) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if name, ok := m.byID[id]; ok {
		return name, nil
	}
	return "", errors.New("none")
}

func (m *memory) Set(id int, name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.byID[id] = name
}

// A cache has only the name of one.
type cache struct{}

func (cache) Get(int) (string, bool) { return "", false }
func (cache) Set(int, string)        {}

type cachedNames struct {
	known *memory
	cache cache
	db    *DB
}

func newCachedNames(db *DB) *cachedNames {
	return &cachedNames{known: &memory{byID: map[int]string{}}, db: db}
}

func CacheOfAType(db *DB) { newCachedNames(db).ofAType() }

func (n *cachedNames) ofAType() {
	for _, p := range posts() {
		if _, ok := n.known.Get(p.ID); ok {
			continue
		}
		n.db.Query("child", p.ID)
		n.known.Set(p.ID, "name")
	}
}

func CacheWithoutTheKey(db *DB) { newCachedNames(db).withoutTheKey() }

func (n *cachedNames) withoutTheKey() {
	for _, p := range posts() {
		_, ok := n.known.Get(p.ID)
		if !ok {
			n.db.Query("child", p.ID)
			n.known.Set(p.ID, "name")
		}
	}
}

func CacheWithAnError(db *DB) { newCachedNames(db).withAnError() }

func (n *cachedNames) withAnError() {
	for _, p := range posts() {
		_, err := n.known.Find(p.ID)
		if err != nil {
			n.db.Query("child", p.ID)
			n.known.Set(p.ID, "name")
		}
	}
}

func CacheByItsNameAlone(db *DB) { newCachedNames(db).byItsNameAlone() }

func (n *cachedNames) byItsNameAlone() {
	for _, p := range posts() {
		if _, ok := n.cache.Get(p.ID); ok {
			continue
		}
		n.db.Query("child", p.ID)
		n.cache.Set(p.ID, "name")
	}
}

func CacheThatIsNeverFilled(db *DB) { newCachedNames(db).neverFilled() }

func (n *cachedNames) neverFilled() {
	for _, p := range posts() {
		if _, ok := n.known.Get(p.ID); ok {
			continue
		}
		n.db.Query("child", p.ID)
	}
}

func CacheThatIsAskedForSomethingElse(db *DB) { newCachedNames(db).somethingElse() }

func (n *cachedNames) somethingElse() {
	for _, p := range posts() {
		_, ok := n.known.Get(0)
		n.db.Query("child", p.ID)
		if !ok {
			n.known.Set(0, "name")
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

// A stream hands on what comes in.
type stream struct{ in chan Post }

func (s *stream) Recv() (Post, error) {
	p, ok := <-s.in
	if !ok {
		return Post{}, errors.New("the end")
	}
	return p, nil
}

// A counter has the methods of a stream.
type counter struct{ left int }

func (s *counter) Recv() (Post, error) {
	if s.left--; s.left < 0 {
		return Post{}, errors.New("the end")
	}
	return Post{ID: s.left}, nil
}

func RecvOfACounter(db *DB) {
	s := &counter{left: 3}
	for {
		p, err := s.Recv()
		if err != nil {
			return
		}
		db.Query("child", p.ID)
	}
}

func ReceivesFromAStream(db *DB) {
	s := &stream{in: make(chan Post, 3)}
	for _, p := range posts() {
		s.in <- p
	}
	close(s.in)
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
