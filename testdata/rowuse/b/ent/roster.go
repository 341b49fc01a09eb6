package ent

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/nplusgone/nplusgone/testdata/rowuse/b/ent/ent"
)

type rosterImport struct {
	client *ent.Client
	club   int
}

func (im rosterImport) parse(r io.Reader) (builders []*ent.PlayerCreate, err error) {
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		shirt, name, _ := strings.Cut(lines.Text(), " ")
		n, err := strconv.Atoi(shirt)
		if err != nil {
			return nil, err
		}
		builders = append(builders, im.client.Player.Create().SetShirt(n).SetName(name).SetBio("").SetClubID(im.club))
	}
	return builders, lines.Err()
}

func (im rosterImport) run(ctx context.Context, r io.Reader) ([]*ent.Player, error) {
	builders, err := im.parse(r)
	if err != nil {
		return nil, err
	}
	return im.client.Player.CreateBulk(builders...).Save(ctx)
}
