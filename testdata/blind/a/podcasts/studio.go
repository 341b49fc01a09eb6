package podcasts

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// Me loads the listener who sent a token.
func (c *Catalog) Me(ctx context.Context, token string) (*Listener, error) {
	var l Listener
	err := c.db.WithContext(ctx).Where(&Listener{Token: token}).Take(&l).Error // want loop: duplicate-query
	return &l, err
}

// Page is the page of a listener.
type Page struct {
	Title, Menu, Greeting string
	Queue                 []string
}

// PageFor builds the page of a listener.
func (c *Catalog) PageFor(ctx context.Context, token string) (p Page, err error) {
	if p.Title, err = c.title(ctx, token); err != nil {
		return p, err
	}
	if p.Menu, err = c.menu(ctx, token); err != nil {
		return p, err
	}
	if p.Queue, err = c.queue(ctx, token); err != nil {
		return p, err
	}
	me, err := c.Me(ctx, token)
	p.Greeting = "Hello " + me.Name
	return p, err
}

func (c *Catalog) title(ctx context.Context, token string) (string, error) {
	me, err := c.Me(ctx, token)
	return "The page of " + me.Name, err
}

func (c *Catalog) menu(ctx context.Context, token string) (string, error) {
	me, err := c.Me(ctx, token)
	return fmt.Sprintf("/listeners/%d", me.ID), err
}

func (c *Catalog) queue(ctx context.Context, token string) (titles []string, err error) {
	me, err := c.Me(ctx, token)
	if err != nil {
		return nil, err
	}
	err = c.db.WithContext(ctx).Model(&Episode{}).Where("id % 7 = ?", me.ID%7).Pluck("title", &titles).Error
	return titles, err
}

// Play is a line of the player's log.
type Play struct {
	Episode uint
	Count   int
}

// CountPlays adds what the players have sent.
func (c *Catalog) CountPlays(log []Play) error {
	for _, p := range log { // want loop: row-by-row-update
		err := c.db.Model(&Episode{ID: p.Episode}).UpdateColumn("plays", gorm.Expr("plays + ?", p.Count)).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// Retire hides a list of episodes.
func (c *Catalog) Retire(ctx context.Context, ids []uint) error {
	return c.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		for begin := 0; begin < len(ids); begin += 5 {
			part := ids[begin:min(begin+5, len(ids))]
			if err := tx.Model(&Episode{}).Where("id IN ?", part).Update("state", "retired").Error; err != nil {
				return err
			}
		}
		return nil
	})
}

// Find looks up shows by what a client has typed.
func (c *Catalog) Find(keys ...string) (found []Show, err error) {
	for _, k := range keys { // want loop: n-plus-one
		var s []Show
		if err := c.db.Raw(fmt.Sprintf("SELECT * FROM shows WHERE key = '%s'", clean(k))).Scan(&s).Error; err != nil {
			return nil, err
		}
		found = append(found, s...)
	}
	return found, nil
}

func clean(key string) string {
	out := []rune{}
	for _, r := range key {
		if r >= 'a' && r <= 'z' || r == '-' {
			out = append(out, r)
		}
	}
	return string(out)
}

// TagAll makes sure that there is a row for each word.
func (c *Catalog) TagAll(ctx context.Context, words []string) ([]Tag, error) {
	var tags []Tag
	for _, w := range words {
		var t Tag
		if err := c.db.WithContext(ctx).Where(Tag{Word: w}).FirstOrCreate(&t).Error; err != nil {
			return nil, err
		}
		tags = append(tags, t)
	}
	return tags, nil
}

// Process takes an episode through the stations of the studio. Each is saved, so that the site can show how far it is,
// and read back, as the host may have stopped it.
func (c *Catalog) Process(ctx context.Context, id uint, work func(station string, e Episode) error) error {
	db := c.db.WithContext(ctx)
	for _, station := range []string{"fetching", "cutting", "levelling", "ready"} {
		if err := db.Model(&Episode{}).Where("id = ?", id).Update("state", station).Error; err != nil {
			return err
		}
		var e Episode
		if err := db.First(&e, id).Error; err != nil {
			return err
		}
		if e.State != station {
			return fmt.Errorf("stopped at %s", e.State)
		}
		if err := work(station, e); err != nil {
			return err
		}
	}
	return nil
}
