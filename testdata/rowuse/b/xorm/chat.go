package xorm

import (
	"context"
	"errors"

	"xorm.io/xorm"
)

type Message struct {
	Id        int64
	ChannelId int64
	Sender    string
	Text      string
}

type Channel struct {
	Id       int64
	Name     string
	Archived bool
}

type chatStore struct{ *xorm.Engine }

func (s chatStore) messages(ctx context.Context, channel int64) (int64, error) {
	return s.Context(ctx).Where("channel_id = ?", channel).Count(new(Message)) // want: fetch-to-exist
}

func (s chatStore) deleteChannel(ctx context.Context, channel int64) error {
	_, err := s.Context(ctx).ID(channel).Delete(new(Channel))
	return err
}

var errNotEmpty = errors.New("channel has messages")

// dropChannel deletes a channel nobody has written in.
func dropChannel(ctx context.Context, s chatStore, channel int64) error {
	n, err := s.messages(ctx, channel)
	if err != nil {
		return err
	}
	if n != 0 {
		return errNotEmpty
	}
	return s.deleteChannel(ctx, channel)
}
