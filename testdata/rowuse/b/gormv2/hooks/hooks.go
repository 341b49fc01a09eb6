// Package hooks delivers events to subscribers.
package hooks

import (
	"context"
	"path"

	"gorm.io/gorm"
)

type Subscription struct {
	ID        uint
	AccountID uint
	Pattern   string
	URL       string
	Secret    string
}

// Matches reports whether events of the topic go to the subscription.
func (s Subscription) Matches(topic string) bool {
	ok, err := path.Match(s.Pattern, topic)
	return err == nil && ok
}

type Delivery struct {
	URL, Secret, Topic string
}

type Dispatcher struct{ DB *gorm.DB }

func (d *Dispatcher) subscriptions(ctx context.Context, account uint) ([]Subscription, error) {
	return gorm.G[Subscription](d.DB).Where("account_id = ?", account).Find(ctx)
}

// Plan lists the deliveries of an event.
func (d *Dispatcher) Plan(ctx context.Context, account uint, topic string) ([]Delivery, error) {
	subs, err := d.subscriptions(ctx, account)
	if err != nil {
		return nil, err
	}
	var out []Delivery
	for _, s := range subs {
		if s.Matches(topic) {
			out = append(out, Delivery{s.URL, s.Secret, topic})
		}
	}
	return out, nil
}
