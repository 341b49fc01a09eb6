package podcasts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Show is a podcast. Its key is a text.
type Show struct {
	Key      string `gorm:"primaryKey"`
	Title    string
	HostID   *uint
	Episodes []Episode `gorm:"foreignKey:ShowKey;references:Key"`

	c *Catalog
}

// Episode is one part of a show.
type Episode struct {
	ID      uint
	ShowKey string
	Title   string
	Plays   int
	State   string
	Show    *Show `gorm:"foreignKey:ShowKey;references:Key"`
}

// Host speaks.
type Host struct {
	ID     uint
	Name   string
	PlanID uint
}

// Plan is what a host pays.
type Plan struct {
	ID    uint
	Name  string
	Limit int
}

// Listener hears.
type Listener struct {
	ID    uint
	Token string
	Name  string
}

// Tag is a word for episodes.
type Tag struct {
	ID   uint
	Word string
}

// Catalog is the data of the site.
type Catalog struct {
	db *gorm.DB

	mu    sync.RWMutex
	hosts map[uint]Host
}

func catalog(conn *sql.DB) (*Catalog, error) {
	db, err := gorm.Open(&sqlite.Dialector{Conn: conn}, &gorm.Config{Logger: logger.Discard, SkipDefaultTransaction: true})
	return &Catalog{db: db, hosts: map[uint]Host{}}, err
}

// Shows lists all shows.
func (c *Catalog) Shows(ctx context.Context) ([]*Show, error) {
	var list []*Show
	err := c.db.WithContext(ctx).Order("title").Find(&list).Error
	for _, s := range list {
		s.c = c
	}
	return list, err
}

// Latest is the newest episode of a show, or nil.
func (s *Show) Latest() (*Episode, error) {
	var e Episode
	err := s.c.db.Where("show_key = ?", s.Key).Last(&e).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, nil
	}
	return &e, err
}

// Front is the start page.
func (c *Catalog) Front(ctx context.Context) ([]string, error) {
	shows, err := c.Shows(ctx)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, s := range shows { // want loop: n-plus-one
		e, err := s.Latest()
		switch {
		case err != nil:
			return nil, err
		case e == nil:
			out = append(out, s.Title+" (soon)")
		default:
			out = append(out, s.Title+": "+e.Title)
		}
	}
	return out, nil
}

// StartPage lists the episodes of all shows that are ready.
func (c *Catalog) StartPage(ctx context.Context) ([]string, error) {
	var shows []Show
	err := c.db.WithContext(ctx).Preload("Episodes", func(tx *gorm.DB) *gorm.DB {
		return tx.Where("state = ?", "ready").Order("id DESC")
	}).Find(&shows).Error
	var out []string
	for _, s := range shows {
		for _, e := range s.Episodes {
			out = append(out, s.Title+": "+e.Title)
		}
	}
	return out, err
}

func (c *Catalog) host(ctx context.Context, id uint) (Host, error) {
	c.mu.RLock()
	h, ok := c.hosts[id]
	c.mu.RUnlock()
	if ok {
		return h, nil
	}
	if err := c.db.WithContext(ctx).First(&h, id).Error; err != nil {
		return h, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hosts[id] = h
	return h, nil
}

// Credits names the host of each show.
func (c *Catalog) Credits(ctx context.Context) (map[string]string, error) {
	shows, err := c.Shows(ctx)
	if err != nil {
		return nil, err
	}
	credits := map[string]string{}
	for _, s := range shows {
		if s.HostID == nil {
			continue
		}
		h, err := c.host(ctx, *s.HostID)
		if err != nil {
			return nil, err
		}
		credits[s.Title] = h.Name
	}
	return credits, nil
}

// Upload checks whether the host of a show may put up one more episode, and does it.
func (c *Catalog) Upload(ctx context.Context, key, title string) (*Episode, error) {
	db := c.db.WithContext(ctx)
	var s Show
	if err := db.First(&s, "key = ?", key).Error; err != nil {
		return nil, err
	}
	var h Host
	if err := db.First(&h, s.HostID).Error; err != nil {
		return nil, err
	}
	var p Plan
	if err := db.Take(&p, h.PlanID).Error; err != nil {
		return nil, err
	}
	var n int64
	if err := db.Model(&Episode{}).Where("show_key = ?", key).Count(&n).Error; err != nil {
		return nil, err
	}
	if int(n) >= p.Limit {
		return nil, fmt.Errorf("%s allows %d episodes", p.Name, p.Limit)
	}
	e := &Episode{ShowKey: key, Title: title, State: "queued"}
	if err := db.Create(e).Error; err != nil {
		return nil, err
	}
	return e, db.Preload("Show").First(e).Error
}

// AwaitReady polls until an episode has been transcoded.
func (c *Catalog) AwaitReady(ctx context.Context, id uint) error {
	for tick := time.NewTicker(8 * time.Millisecond); ; <-tick.C {
		var e Episode
		if err := c.db.WithContext(ctx).Select("id", "state").First(&e, id).Error; err != nil {
			return err
		}
		if e.State == "ready" {
			tick.Stop()
			return nil
		}
	}
}
